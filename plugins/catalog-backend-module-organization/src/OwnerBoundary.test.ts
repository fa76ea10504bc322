import { Entity } from '@backstage/catalog-model';
import { OrganizationFinder } from './OrganizationFinder';
import { OwnerBoundary } from './OwnerBoundary';

const TARGET = 'https://git.example/hugo/app/src/branch/main/catalog-info.yaml';

const entity = (kind: string, name: string, spec: Entity['spec']): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name },
  spec,
});
const component = (owner?: string) => entity('Component', 'app', { owner });

const people: Record<string, Entity> = {
  'group:default/globex': entity('Group', 'globex', {}),
  'group:default/globex-leads': entity('Group', 'globex-leads', {
    parent: 'globex',
  }),
  'user:default/ivy': entity('User', 'ivy', { memberOf: ['globex-leads'] }),
  'group:default/acme': entity('Group', 'acme', {}),
  'user:default/bob': entity('User', 'bob', { memberOf: ['acme'] }),
  'user:default/loner': entity('User', 'loner', { memberOf: [] }),
};

const boundary = new OwnerBoundary(
  {
    refsOf: async target =>
      target === TARGET
        ? new Set(['user:default/hugo', 'group:default/globex'])
        : undefined,
  },
  new OrganizationFinder(
    { platform: new Set(), locations: [], configured: new Set() },
    { find: async ref => people[ref] },
  ),
);

const process = (subject: Entity, target = TARGET, type = 'url') =>
  boundary.preProcessEntity(subject, { type, target }, jest.fn(), {
    type,
    target,
  });

describe('OwnerBoundary', () => {
  it.each([
    ['whoever registered it, not in the catalog yet', 'user:default/hugo'],
    ['in other letters', 'User:default/HUGO'],
    ['their organisation', 'globex'],
    ['a team of their organisation', 'globex-leads'],
    ['a colleague', 'user:ivy'],
    ['nobody', undefined],
  ])('lets an entity be owned by %s', async (_, owner) => {
    const subject = component(owner);
    await expect(process(subject)).resolves.toBe(subject);
  });

  it.each([
    ['another organisation', 'group:default/acme', 'group:default/acme'],
    ['somebody of another organisation', 'user:bob', 'user:default/bob'],
    ['somebody without one', 'user:loner', 'user:default/loner'],
    ['who does not exist', 'user:nobody', 'user:default/nobody'],
  ])('does not let it be owned by %s', async (_, owner, ref) => {
    await expect(process(component(owner))).rejects.toThrow(
      `There is no owner ${ref} in the organisation of whoever registered this`,
    );
  });

  it.each([
    ['an administrator registered', 'https://git.example/all.yaml', 'url'],
    ['the configuration names', TARGET, 'file'],
  ])('lets what %s be owned by anybody', async (_, target, type) => {
    const subject = component('group:default/acme');
    await expect(process(subject, target, type)).resolves.toBe(subject);
  });
});
