import { rolesOf } from './rolesOf';

const group = (...names: string[]) => {
  const path = names.map(name => `group:default/${name}`);
  return {
    ref: path[path.length - 1],
    title: names[names.length - 1],
    isOrganisation: false,
    path,
  };
};
const bob = {
  userRef: 'user:default/bob',
  groups: [group('team'), group('team', 'area'), group('team', 'area', 'acme')],
};
const role = (name: string, ...memberReferences: string[]) => ({
  name: `role:default/${name}`,
  memberReferences,
});
const roles = [
  role('of-acme', 'group:default/acme', 'group:default/globex'),
  role('of-team', 'group:default/team'),
  role('own', 'user:default/bob'),
  role('everybodys'),
  role('others', 'group:default/globex', 'user:default/carol'),
];
const names = (maxDepth?: number) =>
  rolesOf(bob, roles, { maxDepth }).map(({ ref }) => ref.split('/')[1]);

describe('rolesOf', () => {
  it('finds roles of the person, of their groups and all above, and of everybody', () => {
    expect(names()).toEqual(['of-acme', 'of-team', 'own', 'everybodys']);
  });

  it('says through which groups', () => {
    expect(rolesOf(bob, roles, {})[0].members).toEqual([
      { ref: 'group:default/acme', path: bob.groups[2].path },
    ]);
  });

  it.each([
    [0, ['of-team', 'own', 'everybodys']],
    [1, ['of-team', 'own', 'everybodys']],
    [2, ['of-acme', 'of-team', 'own', 'everybodys']],
  ])('follows groups for %d steps, as RBAC is told', (maxDepth, expected) => {
    expect(names(maxDepth)).toEqual(expected);
  });
});
