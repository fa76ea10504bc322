import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { ConflictError, ForwardedError, InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { GiteaRepository } from '@formulary/plugin-gitea-node';
import { createOnce } from '@formulary/plugin-provisioning-node';
import { checkPeople } from '../checkPeople';
import { branchNameProblem, repositoryNameProblem } from '../names';
import {
  GiteaActionOptions,
  requireExisting,
  requireOwner,
} from '../repositoryAccess';
import { createRepositoryExamples } from './createRepository.examples';
import {
  createRepositoryInput,
  createRepositoryOutput,
} from './createRepository.schema';
import { createRepository, findRepository } from './findRepository';
import { pushUnlessThere } from './pushUnlessThere';
import { setUpRepository } from './setUpRepository';

/**
 * `gitea:create-repository`: makes a repository of a user or an organisation and
 * pushes the task's files to it.
 *
 * A repository that is there already is completed when it is empty, and its
 * files are left as they are otherwise.
 *
 * @public
 */
export function createCreateRepositoryAction(options: GiteaActionOptions) {
  const { client } = options;
  return createTemplateAction({
    id: 'gitea:create-repository',
    description:
      'Creates a Gitea repository that belongs to a user or an organisation, private unless told otherwise, and pushes the files of the task to it. Running it again changes nothing.',
    examples: createRepositoryExamples,
    supportsDryRun: true,
    schema: { input: createRepositoryInput, output: createRepositoryOutput },
    async handler(ctx) {
      const { input, logger, signal } = ctx;
      const {
        owner,
        name,
        visibility = 'private',
        defaultBranch = 'main',
        collaborators = [],
        teams = [],
        topics,
        protectBranch,
      } = input;
      const path = `${owner}/${name}`;
      const credentials = await ctx.getInitiatorCredentials();
      const access = await requireOwner(options, credentials, owner, signal);
      refuseBadNames({ name, defaultBranch });
      await checkPeople(
        client,
        {
          owner,
          path,
          teams,
          usernames: [
            ...collaborators.map(({ username }) => username),
            ...(protectBranch?.pushers ?? []),
          ],
        },
        signal,
      );
      const wanted = {
        owner,
        name,
        description: input.description,
        private: visibility === 'private',
        defaultBranch,
      };

      if (ctx.isDryRun) {
        const existing = await findRepository(client, wanted, signal);
        if (existing) {
          await requireExisting(options, credentials, existing, access, signal);
        }
        logger.info(
          existing
            ? `Dry run: ${path} is there already`
            : `Dry run: would create the ${visibility} ${path}`,
        );
        const url = `${client.baseUrl}/${path}`;
        ctx.output('remoteUrl', `${url}.git`);
        ctx.output('repoContentsUrl', `${url}/src/branch/${defaultBranch}/`);
        ctx.output('repositoryUrl', url);
        ctx.output('commitHash', 'dry-run');
        ctx.output('created', false);
        ctx.output('rollback', []);
        return;
      }

      // What a crash cuts off is not done twice: each part is stored once done, and looks before it acts.
      let seen: GiteaRepository | undefined;
      const look = async () => {
        seen = await findRepository(client, wanted, signal);
        return seen;
      };
      const { value: repository, created } = await createOnce({
        checkpoint: ctx.checkpoint,
        key: `gitea.create-repository.${path}`,
        find: look,
        create: async () => {
          signal?.throwIfAborted();
          seen = await createRepository(client, wanted);
          return seen;
        },
      });
      if (!(seen ?? (await look()))) {
        throw new ConflictError(
          `Gitea had the repository ${path} in an earlier attempt of this task, and it was deleted since. Start a new run`,
        );
      }
      if (!created) {
        await requireExisting(options, credentials, repository, access, signal);
      }
      logger.info(
        created
          ? `Created ${repository.full_name} (${visibility})`
          : `${repository.full_name} was there already`,
      );
      const outputRollback = (commitHash?: string) =>
        ctx.output(
          'rollback',
          created
            ? [
                {
                  service: 'gitea',
                  description: `Delete the repository ${repository.full_name}`,
                  action: 'gitea:delete-repository',
                  input: { owner, name, onlyAtCommit: commitHash },
                },
              ]
            : [],
        );
      ctx.output('remoteUrl', repository.clone_url);
      ctx.output(
        'repoContentsUrl',
        `${repository.html_url}/src/branch/${defaultBranch}/`,
      );
      ctx.output('repositoryUrl', repository.html_url);
      ctx.output('created', created);
      outputRollback();

      try {
        const { commitHash, pushed } = await ctx.checkpoint({
          key: `gitea.push-files.${path}`,
          fn: () =>
            pushUnlessThere(client, {
              repository,
              dir: resolveSafeChildPath(
                ctx.workspacePath,
                input.sourcePath ?? '.',
              ),
              branch: defaultBranch,
              commitMessage: input.commitMessage ?? 'Initial commit',
              author: {
                name: input.gitAuthorName,
                email: input.gitAuthorEmail,
              },
              logger,
              signal,
            }),
        });
        ctx.output('commitHash', commitHash);
        ctx.output('created', created || pushed);
        outputRollback(commitHash);
        await setUpRepository(
          client,
          repository,
          {
            collaborators: [
              // Who makes a repository in an organisation administers it (Gitea's `services/repository/create.go`).
              ...(created && access.asMember && access.username
                ? [{ username: access.username, permission: 'admin' as const }]
                : []),
              ...collaborators,
            ],
            teams,
            topics: created || pushed ? topics : undefined,
            protectBranch,
            branch: defaultBranch,
          },
          { logger, signal },
        );
      } catch (error) {
        if (!created) throw error;
        const left = `The repository ${repository.full_name} was created in Gitea and stays there unfinished, at ${repository.html_url}. Run the task again to go on with it, or remove it with gitea:delete-repository`;
        logger.warn(left);
        throw new ForwardedError(left, error);
      }
    },
  });
}

function refuseBadNames(names: { name: string; defaultBranch: string }) {
  const problem = repositoryNameProblem(names.name);
  if (problem) {
    throw new InputError(
      `Gitea takes no repository called "${names.name}": ${problem}. Choose another name`,
    );
  }
  const branchProblem = branchNameProblem(names.defaultBranch);
  if (branchProblem) {
    throw new InputError(
      `Gitea takes no branch called "${names.defaultBranch}" for the repository ${names.name}: ${branchProblem}`,
    );
  }
}
