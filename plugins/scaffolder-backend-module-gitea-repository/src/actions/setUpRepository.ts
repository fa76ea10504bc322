import { LoggerService } from '@backstage/backend-plugin-api';
import { GiteaClient, GiteaRepository } from '@formulary/plugin-gitea-node';

/** What a repository gets besides its files. */
export interface RepositorySetUp {
  collaborators: Array<{
    username: string;
    permission: 'read' | 'write' | 'admin';
  }>;
  teams: string[];
  /** Left as they are without. */
  topics?: string[];
  protectBranch?: {
    pushers?: string[];
    requiredApprovals?: number;
    statusChecks?: string[];
  };
  branch: string;
}

/** Gives users and teams their rights, sets topics and protects the branch; all of it may be done again. */
export async function setUpRepository(
  client: GiteaClient,
  repository: GiteaRepository,
  setUp: RepositorySetUp,
  { logger, signal }: { logger: LoggerService; signal?: AbortSignal },
): Promise<void> {
  const { repositories, repositoryRights } = client;
  for (const { username, permission } of setUp.collaborators) {
    // An owner has every right already.
    if (username.toLowerCase() === repository.owner.login.toLowerCase()) {
      continue;
    }
    await repositories.addCollaborator(repository, username, permission, {
      signal,
    });
    logger.info(`${username} may ${permission}`);
  }
  for (const team of setUp.teams) {
    const added = await repositoryRights.addTeam(repository, team, { signal });
    logger.info(
      added
        ? `The team ${team} has its rights to ${repository.full_name}`
        : `The team ${team} had its rights to ${repository.full_name} already`,
    );
  }
  if (setUp.topics) {
    await repositories.setTopics(repository, setUp.topics, { signal });
  }
  // Last: Gitea takes no pusher into a rule who has no right to write yet (`models/git/protected_branch.go`).
  if (setUp.protectBranch) {
    const { branch } = setUp;
    const {
      pushers = [],
      requiredApprovals = 0,
      statusChecks = [],
    } = setUp.protectBranch;
    const isNew = await repositoryRights.protect(
      repository,
      { branch, pushers, requiredApprovals, statusChecks },
      { signal },
    );
    logger.info(
      isNew
        ? `Protected the branch ${branch}`
        : `The branch ${branch} was protected already, and its rule was left as it is`,
    );
  }
}
