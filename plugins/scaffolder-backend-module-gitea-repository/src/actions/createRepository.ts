import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { GiteaClient } from '@formulary/plugin-gitea-node';
import { createRepositoryExamples } from './createRepository.examples';
import { findOrCreateRepository } from './findOrCreateRepository';
import { pushUnlessThere } from './pushUnlessThere';

/** `modules/structs/repo.go`: AlphaDashDot, at most 100; `.` and `..` and endings that Gitea keeps for itself are out. */
const REPOSITORY_NAME =
  /^(?!\.{1,2}$)(?!-$)(?!.*\.(?:git|wiki|rss|atom)$)[-.\w]{1,100}$/i;

/** `models/repo/topic.go`. */
const TOPIC = /^[a-z0-9][-.a-z0-9]{0,34}$/;

/**
 * `gitea:create-repository`: makes a repository of a user or an organisation and
 * pushes the task's files to it.
 *
 * A repository that is there already is completed when it is empty, and left as
 * it is otherwise.
 *
 * @public
 */
export function createCreateRepositoryAction(client: GiteaClient) {
  return createTemplateAction({
    id: 'gitea:create-repository',
    description:
      'Creates a Gitea repository that belongs to a user or an organisation, private unless told otherwise, and pushes the files of the task to it. Running it again changes nothing.',
    examples: createRepositoryExamples,
    supportsDryRun: true,
    schema: {
      input: {
        owner: z =>
          z
            .string()
            .min(1)
            .describe('User or organisation that the repository belongs to'),
        name: z =>
          z
            .string()
            .regex(
              REPOSITORY_NAME,
              'must have letters, digits, ".", "-" and "_" only, 100 at most',
            )
            .describe('Name of the repository'),
        description: z => z.string().max(2048).optional(),
        visibility: z =>
          z
            .enum(['private', 'public'])
            .optional()
            .describe('Who may see it. Default: private'),
        defaultBranch: z =>
          z.string().min(1).max(100).optional().describe('Default: main'),
        sourcePath: z =>
          z
            .string()
            .optional()
            .describe('Folder of the task to push. Default: all of it'),
        commitMessage: z =>
          z.string().min(1).optional().describe('Default: Initial commit'),
        gitAuthorName: z => z.string().min(1).optional(),
        gitAuthorEmail: z => z.string().min(3).optional(),
        collaborators: z =>
          z
            .array(
              z.object({
                username: z.string().min(1),
                permission: z.enum(['read', 'write', 'admin']),
              }),
            )
            .max(50)
            .optional()
            .describe('Further users who may work on it'),
        topics: z =>
          z
            .array(
              z
                .string()
                .regex(
                  TOPIC,
                  'must have lower-case letters, digits, "-" and "." only, 35 at most',
                ),
            )
            .max(25)
            .optional(),
      },
      output: {
        remoteUrl: z => z.string().describe('Address to clone from'),
        repoContentsUrl: z =>
          z
            .string()
            .describe(
              'Address of the files, with a slash at the end. catalog:register wants it together with a catalogInfoPath that has none at its start',
            ),
        repositoryUrl: z => z.string().describe('Page of the repository'),
        commitHash: z =>
          z.string().describe('Commit at the head of the branch'),
        created: z =>
          z.boolean().describe('Whether anything was created or pushed'),
      },
    },
    async handler(ctx) {
      const {
        owner,
        name,
        visibility = 'private',
        defaultBranch = 'main',
        sourcePath = '.',
        commitMessage = 'Initial commit',
        collaborators = [],
        topics,
      } = ctx.input;
      const repositoryUrl = `${client.baseUrl}/${encodeURIComponent(
        owner,
      )}/${encodeURIComponent(name)}`;

      if (ctx.isDryRun) {
        ctx.logger.info(`Would create the ${visibility} ${owner}/${name}`);
        ctx.output('remoteUrl', `${repositoryUrl}.git`);
        ctx.output(
          'repoContentsUrl',
          `${repositoryUrl}/src/branch/${defaultBranch}/`,
        );
        ctx.output('repositoryUrl', repositoryUrl);
        ctx.output('commitHash', 'dry-run');
        ctx.output('created', false);
        return;
      }

      // What a crash cuts off is not done twice: each part is stored once done, and looks before it acts.
      const { repository, created } = await ctx.checkpoint({
        key: `gitea.create-repository.${owner}.${name}`,
        fn: () =>
          findOrCreateRepository(client, {
            owner,
            name,
            description: ctx.input.description,
            private: visibility === 'private',
            defaultBranch,
            signal: ctx.signal,
          }),
      });
      ctx.logger.info(
        created
          ? `Created ${repository.full_name} (${visibility})`
          : `${repository.full_name} was there already`,
      );

      const { commitHash, pushed } = await ctx.checkpoint({
        key: `gitea.push-files.${owner}.${name}`,
        fn: () =>
          pushUnlessThere(client, {
            repository,
            dir: resolveSafeChildPath(ctx.workspacePath, sourcePath),
            branch: defaultBranch,
            commitMessage,
            author: {
              name: ctx.input.gitAuthorName,
              email: ctx.input.gitAuthorEmail,
            },
            logger: ctx.logger,
            signal: ctx.signal,
          }),
      });

      for (const { username, permission } of collaborators) {
        // An owner has every right already.
        if (username.toLowerCase() === owner.toLowerCase()) continue;
        await client.repositories.addCollaborator(
          repository,
          username,
          permission,
          { signal: ctx.signal },
        );
        ctx.logger.info(`${username} may ${permission}`);
      }
      if (topics && (created || pushed)) {
        await client.repositories.setTopics(repository, topics, {
          signal: ctx.signal,
        });
      }

      ctx.output('remoteUrl', repository.clone_url);
      ctx.output(
        'repoContentsUrl',
        `${repository.html_url}/src/branch/${defaultBranch}/`,
      );
      ctx.output('repositoryUrl', repository.html_url);
      ctx.output('commitHash', commitHash);
      ctx.output('created', created || pushed);
    },
  });
}
