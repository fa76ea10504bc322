import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { initRepoAndPush } from '@backstage/plugin-scaffolder-node';
import { GiteaClient, GiteaRepository } from '@formulary/plugin-gitea-node';
import { redact, ServiceError } from '@formulary/service-client-node';

interface Push {
  repository: GiteaRepository;
  /** Folder whose files make the first commit. */
  dir: string;
  branch: string;
  commitMessage: string;
  author: { name?: string; email?: string };
  logger: LoggerService;
  signal?: AbortSignal;
}

/**
 * Pushes a folder as the first commit of a repository; one that has commits is
 * left as it is.
 *
 * @returns the commit at the head of the branch, and whether it was pushed now
 * @throws InputError when the repository has commits, but not on this branch
 */
export async function pushUnlessThere(
  client: GiteaClient,
  { repository, dir, branch, commitMessage, author, logger, signal }: Push,
): Promise<{ commitHash: string; pushed: boolean }> {
  const path = repository.full_name;
  const head = await client.repositories.branch(repository, branch, { signal });
  if (head) {
    logger.info(
      `The branch ${branch} of ${path} has commits already, so its files were left as they are`,
    );
    return { commitHash: head.commit.id, pushed: false };
  }
  if (!repository.empty) {
    throw new InputError(
      `${path} is in Gitea already and has content, but no branch "${branch}". Choose another name, or "${repository.default_branch}" as the default branch to leave its content as it is`,
    );
  }
  logger.info(`Pushing the files to the branch ${branch} of ${path}`);
  const auth = client.gitCredentials();
  try {
    const { commitHash } = await initRepoAndPush({
      dir,
      // Not the server's clone URL: the token goes only where the configuration says.
      remoteUrl: `${client.baseUrl}/${path}.git`,
      auth,
      logger,
      defaultBranch: branch,
      commitMessage,
      gitAuthorInfo: author,
    });
    return { commitHash, pushed: true };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ServiceError(
      redact(
        `Gitea has the repository ${path}, but did not take its files: ${reason}`,
        [auth.password],
      ),
      { kind: 'unavailable', service: 'Gitea' },
    );
  }
}
