import { Entity } from '@backstage/catalog-model';
import { isOfOrganization } from './isOfOrganization';

const claims = ['user:default/bob', 'group:default/acme'];
const entity = (kind: string, organization?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: {
    name: 'bob',
    annotations: organization
      ? { 'formulary.dev/organization': organization }
      : {},
  },
});

describe('isOfOrganization', () => {
  it.each([
    ['of an own organisation', entity('API', 'group:default/acme'), true],
    ['in other letters', entity('API', 'group:default/ACME'), true],
    ['of another organisation', entity('API', 'group:default/globex'), false],
    ['shared', entity('API', '*'), true],
    ['of nobody', entity('API'), false],
    ['the user themselves', entity('User'), true],
    ['a thing named like the user', entity('API'), false],
  ])('decides for an entity that is %s', (_, subject, expected) => {
    expect(isOfOrganization.apply(subject, { claims })).toBe(expected);
  });

  it('asks the database the same', () => {
    expect(isOfOrganization.toQuery({ claims })).toEqual({
      anyOf: [
        {
          key: 'metadata.annotations.formulary.dev/organization',
          values: ['user:default/bob', 'group:default/acme', '*'],
        },
        {
          allOf: [
            { key: 'kind', values: ['user'] },
            { key: 'metadata.namespace', values: ['default'] },
            { key: 'metadata.name', values: ['bob'] },
          ],
        },
      ],
    });
  });

  it('shows somebody without claims what is shared, and no more', () => {
    expect(isOfOrganization.apply(entity('API', '*'), { claims: [] })).toBe(
      true,
    );
    expect(isOfOrganization.toQuery({ claims: [] })).toEqual({
      anyOf: [
        {
          key: 'metadata.annotations.formulary.dev/organization',
          values: ['*'],
        },
      ],
    });
  });
});
