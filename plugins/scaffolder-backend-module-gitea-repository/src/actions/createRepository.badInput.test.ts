import { createMockDirectory } from '@backstage/backend-test-utils';
import { initRepoAndPush } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { GiteaClient } from '@formulary/plugin-gitea-node';
import { accessOf } from '../__testUtils__/access';
import { FakeGitea } from '../__testUtils__/FakeGitea';
import { attemptAction } from '@formulary/scaffolder-actions-test-utils';
import { createCreateRepositoryAction } from './createRepository';

jest.mock('@backstage/plugin-scaffolder-node', () => ({
  ...jest.requireActual('@backstage/plugin-scaffolder-node'),
  initRepoAndPush: jest.fn(),
}));

describe('gitea:create-repository refuses', () => {
  const gitea = new FakeGitea();
  const push = jest.mocked(initRepoAndPush);
  const workspace = createMockDirectory();
  let client: GiteaClient;

  beforeAll(async () => {
    client = await gitea.start();
  });
  afterAll(() => gitea.stop());
  beforeEach(() => {
    gitea.reset();
    push.mockReset();
  });

  async function refusal(input: JsonObject, isDryRun = false) {
    const { error } = await attemptAction(
      createCreateRepositoryAction({
        client,
        taskAccess: accessOf('alice', true),
      }),
      { owner: 'alice', name: 'orbit', ...input },
      { isDryRun, workspacePath: workspace.path },
    );
    return error?.message;
  }

  it.each([
    ['..', 'Gitea reserves it'],
    ['-', 'Gitea reserves it'],
    ['orbit.git', 'Gitea reserves names that end in ".git"'],
    ['orbit.WIKI', 'Gitea reserves names that end in ".wiki"'],
    ['orbit.rss', 'Gitea reserves names that end in ".rss"'],
    ['orbit.atom', 'Gitea reserves names that end in ".atom"'],
    ['a b', 'use 1 to 100 letters'],
    ['ä', 'use 1 to 100 letters'],
    ['a/b', 'use 1 to 100 letters'],
    ['a'.repeat(101), 'use 1 to 100 letters'],
  ])('the name %j', async (name, reason) => {
    const message = await refusal({ name });
    expect(message).toContain(
      `Gitea takes no repository called "${name}": ${reason}`,
    );
    expect(message).toContain('Choose another name');
    expect(gitea.calls.filter(call => call.includes('/repos'))).toEqual([]);
  });

  it.each(['a b', '-x', 'a..b', 'a/', 'a.lock', 'a//b', '.a'])(
    'the branch %j',
    async defaultBranch => {
      const message = await refusal({ defaultBranch });
      expect(message).toContain(
        `Gitea takes no branch called "${defaultBranch}" for the repository orbit`,
      );
      expect(gitea.changes).toEqual([]);
    },
  );

  const people: Array<[string, JsonObject, string[]]> = [
    [
      'an owner who is not there',
      { owner: 'nobody' },
      [
        'Gitea has no user or organisation called "nobody" to own the repository nobody/orbit. Check the name, or prepare the account first with platform:pre-provision-user',
      ],
    ],
    [
      'an owner who is suspended',
      { owner: 'sam' },
      [
        'The user "sam" is suspended. Have an administrator of Gitea restore the account',
      ],
    ],
    [
      'all at once: users and teams that are not there or suspended',
      {
        owner: 'acme',
        collaborators: [
          { username: 'nobody', permission: 'read' },
          { username: 'sue', permission: 'read' },
        ],
        teams: ['designers'],
        protectBranch: { pushers: ['noone'] },
      },
      [
        "The Gitea repository acme/orbit can't be set up like this",
        'There is no user "nobody"',
        'The user "sue" is suspended',
        'There is no user "noone"',
        'The organisation "acme" has no team "designers". It has Owners, developers',
      ],
    ],
    [
      'teams of a user',
      { teams: ['developers'] },
      ['"alice" is a user, and only repositories of organisations have teams'],
    ],
  ];
  it.each(people)('%s', async (_, input, messages) => {
    for (const isDryRun of [true, false]) {
      const said = await refusal(input, isDryRun);
      for (const message of messages) expect(said).toContain(message);
    }
    expect(gitea.changes).toEqual([]);
  });

  it.each([
    [
      'of the other visibility',
      { private: false },
      'is public, but should be private. Choose another name',
    ],
    [
      'whose content is on another branch',
      { branches: { trunk: 'beef' } },
      'has content, but no branch "main". Choose another name, or "trunk"',
    ],
  ])('a repository that is there %s', async (_, fields, message) => {
    gitea.add('alice/orbit', fields);
    await expect(refusal({})).resolves.toContain(message);
    expect(push).not.toHaveBeenCalled();
    expect(gitea.changes).toEqual([]);
  });

  it('a repository that was renamed', async () => {
    gitea.failures = [{ line: 'GET /repos/alice/orbit', status: 307 }];
    await expect(refusal({})).resolves.toContain(
      'Gitea could not look up the repository alice/orbit: it redirects',
    );
    expect(gitea.changes).toEqual([]);
  });

  const create = 'POST /admin/users/alice/repos';
  it.each([
    [
      'what Gitea refuses',
      create,
      422,
      '{"message":"name is reserved [name: x]"}',
      'Gitea could not create the repository alice/orbit: name is reserved',
    ],
    [
      'an expired token',
      'GET /orgs/alice',
      401,
      '{"message":"user does not exist [uid: 0, name: ]"}',
      'Gitea could not look up the organisation alice: user does not exist',
    ],
    [
      'a token that may not do it',
      create,
      403,
      '{"message":"token does not have at least one of required scope(s)"}',
      'Gitea could not create the repository alice/orbit: token does not have',
    ],
    [
      'a page instead of JSON',
      'GET /users/alice',
      200,
      '<html>Welcome</html>',
      'Check that the configured address',
    ],
  ])('%s', async (_, line, status, body, message) => {
    gitea.failures = [{ line, status, body }];
    const said = await refusal({});
    expect(said).toContain(message);
    expect(said).not.toContain('a-token');
    expect(gitea.repositories.size).toBe(0);
  });
});
