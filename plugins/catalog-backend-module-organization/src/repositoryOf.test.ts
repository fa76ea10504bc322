import { isOfSameRepository, repositoryOf } from './repositoryOf';

const gitea =
  'https://git.example/globex/app/src/branch/main/catalog-info.yaml';

describe('repositoryOf', () => {
  it.each([
    [gitea, 'https://git.example/globex/app/'],
    [
      'https://git.example/globex/app/src/commit/0a1b/docs/a.md',
      'https://git.example/globex/app/',
    ],
    [
      'https://example.com/git/globex/src/src/tag/v1/a.md',
      'https://example.com/git/globex/src/',
    ],
    [
      'https://github.com/globex/app/blob/main/a.yaml',
      'https://github.com/globex/app/',
    ],
    [
      'https://gitlab.com/globex/team/app/-/blob/main/a.yaml',
      'https://gitlab.com/globex/team/app/',
    ],
  ])('of %s is %s', (url, repository) => {
    expect(repositoryOf(url)).toBe(repository);
  });

  it.each([
    'https://git.example/globex/app/x/y/main/a.yaml',
    'https://git.example/globex/app',
    '/etc/passwd',
    'catalog-info.yaml',
  ])('can not be told of %s', url => {
    expect(repositoryOf(url)).toBeUndefined();
  });
});

describe('isOfSameRepository', () => {
  it('holds for a file beside another, of another branch, too', () => {
    expect(
      isOfSameRepository(
        gitea,
        'https://git.example/globex/app/src/branch/next/docs/api.yaml',
      ),
    ).toBe(true);
  });

  it.each([
    ['another repository', 'https://git.example/acme/vault/src/branch/main/a'],
    // Backstage's reader does not look at what stands where "src/branch" should.
    [
      'an address that only a reader knows',
      'https://git.example/acme/vault/x/y/main/a',
    ],
    ['such an address of its own', 'https://git.example/globex/app/x/y/main/a'],
    ['a commit of another', 'https://git.example/acme/vault/src/commit/0a1b/a'],
    [
      'steps out',
      'https://git.example/globex/app/src/branch/main/../../../../../acme/vault/src/branch/main/a',
    ],
    [
      'encoded steps out',
      'https://git.example/globex/app/src/branch/main/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/acme/vault/src/branch/main/a',
    ],
    [
      'a repository whose name begins alike',
      'https://git.example/globex/app2/src/branch/main/a',
    ],
    ['another host', 'https://evil.example/globex/app/src/branch/main/a'],
    ['another port', 'https://git.example:8443/globex/app/src/branch/main/a'],
    [
      'a user name before another host',
      'https://git.example@evil.example/globex/app/src/branch/main/a',
    ],
  ])('does not for %s', (_, url) => {
    expect(isOfSameRepository(gitea, url)).toBe(false);
  });
});
