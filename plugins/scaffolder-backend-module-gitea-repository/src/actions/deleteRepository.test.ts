import { GiteaClient } from '@formulary/plugin-gitea-node';
import { parse } from 'yaml';
import { accessOf } from '../__testUtils__/access';
import { FakeGitea } from '../__testUtils__/FakeGitea';
import { attemptAction } from '@formulary/scaffolder-actions-test-utils';
import { createDeleteRepositoryAction } from './deleteRepository';
import { deleteRepositoryExamples } from './deleteRepository.examples';

const orbit = { owner: 'alice', name: 'orbit' };

describe('gitea:delete-repository', () => {
  const gitea = new FakeGitea();
  let client: GiteaClient;

  beforeAll(async () => {
    client = await gitea.start();
  });
  afterAll(() => gitea.stop());
  beforeEach(() => gitea.reset());

  const run = (
    input: Parameters<typeof attemptAction>[1],
    options?: Parameters<typeof attemptAction>[2],
    taskAccess = accessOf('alice'),
  ) =>
    attemptAction(
      createDeleteRepositoryAction({ client, taskAccess }),
      input,
      options,
    );

  it('deletes a repository that is still as the run left it, once', async () => {
    gitea.add('alice/orbit', { branches: { main: 'c0ffee1' } });
    const input = { ...orbit, onlyAtCommit: 'c0ffee1' };
    const first = await run(input);
    expect(first.output).toEqual({ deleted: true });
    expect(first.log).toContain('Deleted the repository alice/orbit');
    expect(gitea.repositories.size).toBe(0);
    const second = await run(input);
    expect(second.output).toEqual({ deleted: false });
    expect(second.log).toContain(
      'There is no repository alice/orbit, so nothing was done',
    );
  });

  it('deletes an empty repository', async () => {
    gitea.add('alice/orbit');
    expect((await run(orbit)).output).toEqual({ deleted: true });
  });

  it.each([
    ['a newer commit', { main: 'beef123' }, 'c0ffee1', 'main is at beef123'],
    [
      'another branch',
      { main: 'c0ffee1', work: 'beef123' },
      'c0ffee1',
      'work is at beef123',
    ],
    ['content', { main: 'c0ffee1' }, undefined, 'main is at c0ffee1'],
  ])(
    'leaves a repository with %s, unless it is forced',
    async (_, branches, onlyAtCommit, message) => {
      gitea.add('alice/orbit', { branches });
      const input = { ...orbit, ...(onlyAtCommit ? { onlyAtCommit } : {}) };
      const { error } = await run(input);
      expect(error).toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining(message),
      });
      expect(error?.message).toContain(
        'The Gitea repository alice/orbit was left as it is',
      );
      expect(gitea.changes).toEqual([]);
      const forced = await run({ ...input, force: true });
      expect(forced.output).toEqual({ deleted: true });
    },
  );

  it('deletes once when the process died after it, and knows that it did', async () => {
    gitea.add('alice/orbit');
    const checkpoints = new Map<string, unknown>();
    const dieAfter = 'gitea.delete-repository.alice/orbit';
    expect(
      (await run(orbit, { checkpoints, dieAfter })).error?.message,
    ).toContain('died');
    const { output } = await run(orbit, { checkpoints });
    expect(output).toEqual({ deleted: true });
    expect(gitea.changes).toEqual(['DELETE /repos/alice/orbit']);
  });

  it('deletes nothing in a dry run', async () => {
    gitea.add('alice/orbit');
    const { output } = await run(orbit, { isDryRun: true });
    expect(output).toEqual({ deleted: false });
    expect(gitea.changes).toEqual([]);
  });

  it.each([true, false])(
    'refuses what belongs to others; dry run: %s',
    async isDryRun => {
      gitea.add('bob/orbit');
      gitea.add('acme/orbit');
      for (const owner of ['bob', 'acme']) {
        const { error } = await run({ owner, name: 'orbit' }, { isDryRun });
        expect(error?.name).toBe('NotAllowedError');
      }
      expect(gitea.changes).toEqual([]);
    },
  );

  it('deletes what a member of an organisation administers', async () => {
    gitea.add('acme/orbit', { collaborators: { alice: 'admin' } });
    const { output } = await run({ owner: 'acme', name: 'orbit' });
    expect(output).toEqual({ deleted: true });
  });

  it.each(
    deleteRepositoryExamples.map(({ description, example }) => [
      description,
      example,
    ]),
  )('runs the example: %s', async (_, example) => {
    const [{ action, input }] = parse(example).steps;
    expect(action).toBe('gitea:delete-repository');
    gitea.add('alice/orbit', { branches: { main: input.onlyAtCommit ?? 'a' } });
    expect((await run(input)).output).toEqual({ deleted: true });
  });
});
