import { entityName, groupNames, markedName } from './names';

describe('names', () => {
  it.each([
    ['alice', 'alice'],
    ['zoë@acme.example', 'zo--acme.example'],
    ['Über', 'ber-[0-9a-f]{8}'],
    ['_', '[0-9a-f]{8}'],
    ['x'.repeat(70), `${'x'.repeat(54)}-[0-9a-f]{8}`],
  ])('%s is called %s', (name, expected) => {
    const called = entityName(name, 'id');
    expect(called).toMatch(new RegExp(`^${expected}$`));
    expect(called.length).toBeLessThanOrEqual(63);
  });

  const group = (path: string) => ({
    id: `id of ${path}`,
    path,
    name: path.split('/').at(-1)!,
  });
  const named = (paths: string[], reserved: string[] = []) => {
    const names = groupNames(paths.map(group), reserved);
    return paths.map(path => names.get(`id of ${path}`));
  };

  it('leaves names alone that only one group has', () => {
    expect(named(['/acme', '/acme/developers', '/globex/testers'])).toEqual([
      'acme',
      'developers',
      'testers',
    ]);
  });

  it('calls groups that share a name by their paths, whatever the case', () => {
    expect(named(['/acme/developers', '/globex/Developers'])).toEqual([
      'acme.developers',
      'globex.Developers',
    ]);
  });

  it('gives no group the name of an organisation', () => {
    expect(named(['/acme/globex'], ['globex'])).toEqual(['acme.globex']);
  });

  it('tells paths apart that come to the same name', () => {
    const names = named(['/a.b/c', '/a/b.c', '/c', '/b.c', '/x/a.b.c']);
    expect(new Set(names).size).toBe(5);
    expect(names[0]).toBe(markedName('a.b.c', 'id of /a.b/c'));
  });

  it('does not depend on the order', () => {
    const paths = ['/acme/developers', '/globex/developers', '/acme'];
    expect(named([...paths].reverse()).reverse()).toEqual(named(paths));
  });
});
