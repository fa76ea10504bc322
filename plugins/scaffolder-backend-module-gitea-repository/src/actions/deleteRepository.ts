import { ConflictError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { GiteaClient, GiteaRepository } from '@formulary/plugin-gitea-node';
import { isServiceError } from '@formulary/service-client-node';
import {
  GiteaActionOptions,
  requireExisting,
  requireOwner,
} from '../repositoryAccess';
import { deleteRepositoryExamples } from './deleteRepository.examples';

/**
 * `gitea:delete-repository`: deletes a repository in which nobody worked since it
 * was made, or any with `force`.
 *
 * @public
 */
export function createDeleteRepositoryAction(options: GiteaActionOptions) {
  const { client } = options;
  return createTemplateAction({
    id: 'gitea:delete-repository',
    description:
      'Deletes a Gitea repository that is empty or still as a task left it; with "force" whatever is in it',
    examples: deleteRepositoryExamples,
    supportsDryRun: true,
    schema: {
      input: {
        owner: z =>
          z
            .string()
            .min(1)
            .describe('User or organisation that the repository belongs to'),
        name: z => z.string().min(1).describe('Name of the repository'),
        onlyAtCommit: z =>
          z
            .string()
            .regex(/^[0-9a-f]{7,64}$/)
            .optional()
            .describe(
              'Commit that every branch must still be at: the output commitHash of gitea:create-repository. Without it only an empty repository is deleted',
            ),
        force: z =>
          z
            .boolean()
            .optional()
            .describe('Deletes it whatever is in it. Default: false'),
      },
      output: {
        deleted: z => z.boolean().describe('false when there was none'),
      },
    },
    async handler(ctx) {
      const { input, logger, signal } = ctx;
      const path = `${input.owner}/${input.name}`;
      const credentials = await ctx.getInitiatorCredentials();
      const access = await requireOwner(
        options,
        credentials,
        input.owner,
        signal,
      );
      const find = async () => {
        const repository = await client.repositories.get(
          input.owner,
          input.name,
          { signal },
        );
        if (!repository) return null;
        await requireExisting(options, credentials, repository, access, signal);
        if (!input.force) {
          await refuseChanged(client, repository, input.onlyAtCommit, signal);
        }
        return repository;
      };
      if (ctx.isDryRun) {
        logger.info(
          (await find())
            ? `Dry run: would delete ${path}`
            : `Dry run: there is no repository ${path}`,
        );
        ctx.output('deleted', false);
        return;
      }
      // Stored before anything is deleted: a restarted task knows that it was this one that deleted it.
      const { repository } = await ctx.checkpoint({
        key: `gitea.delete-repository.${path}.before`,
        fn: async () => ({ repository: await find() }),
      });
      if (!repository) {
        logger.info(`There is no repository ${path}, so nothing was done`);
        ctx.output('deleted', false);
        return;
      }
      await ctx.checkpoint({
        key: `gitea.delete-repository.${path}`,
        fn: async () => {
          const current = await find();
          // Another one of that name is not the one that was looked at.
          if (current?.id !== repository.id) return;
          await client.repositories.delete(current).catch(error => {
            if (!isServiceError(error, 'not-found')) throw error;
          });
        },
      });
      logger.info(`Deleted the repository ${repository.full_name}`);
      ctx.output('deleted', true);
    },
  });
}

/** @throws ConflictError when somebody may have worked in the repository */
async function refuseChanged(
  client: GiteaClient,
  repository: GiteaRepository,
  commit: string | undefined,
  signal?: AbortSignal,
) {
  const branches = await client.repositories.branches(repository, { signal });
  const changed = branches.filter(
    ({ commit: head }) => !commit || !head.id.startsWith(commit),
  );
  if (changed.length === 0) return;
  const heads = changed
    .map(({ name, commit: head }) => `${name} is at ${head.id.slice(0, 10)}`)
    .join(', ');
  throw new ConflictError(
    `The Gitea repository ${
      repository.full_name
    } was left as it is, because somebody may have worked in it: ${heads}${
      commit ? ` and not at ${commit.slice(0, 10)}` : ''
    }. Save what is needed and delete it at ${
      repository.html_url
    }/settings, or give "force"`,
  );
}
