import { mockServices } from '@backstage/backend-test-utils';
import { readOrganizationSettings } from './organizationSettings';

const read = (catalog: object) =>
  readOrganizationSettings(
    mockServices.rootConfig({ data: { catalog: { ...catalog } } }),
  );

describe('catalog.organizations', () => {
  it('takes aliases and puts the longest location first', () => {
    expect(
      read({
        locations: [
          { type: 'url', target: 'https://git.example/formulas' },
          { type: 'file', target: '/formulas.yaml' },
        ],
        organizations: {
          platform: ['formulary'],
          locations: [
            { target: 'https://git.example/', organization: '*' },
            { target: 'https://git.example/acme', organization: 'acme' },
          ],
        },
      }),
    ).toEqual({
      platform: new Set(['group:default/formulary']),
      locations: [
        {
          target: 'https://git.example/acme',
          organization: 'group:default/acme',
        },
        { target: 'https://git.example', organization: '*' },
      ],
      configured: new Set([
        'url:https://git.example/formulas',
        'file:/formulas.yaml',
      ]),
    });
  });

  it.each([
    [{ platforms: ['formulary'] }, 'platforms'],
    [{ platform: 'formulary' }, 'platform'],
    [{ platform: ['*'] }, 'aliases of organisations'],
    [{ locations: [{ target: 'https://git.example' }] }, 'organization'],
  ])('refuses %j by its key', (organizations, message) => {
    expect(() => read({ organizations })).toThrow(message);
  });
});
