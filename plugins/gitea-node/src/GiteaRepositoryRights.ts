import { isServiceError } from '@formulary/service-client-node';
import { z } from 'zod';
import { GiteaCalls } from './GiteaCalls';
import { GiteaCallOptions, GiteaRepository } from './types';

const permissionSchema = z.object({ permission: z.string() });

const protectionSchema = z.object({ rule_name: z.string() });

/**
 * Protection of a branch.
 *
 * @public
 */
export interface GiteaBranchProtection {
  branch: string;
  /** Who may push to it; everybody else, administrators included, needs a pull request. */
  pushers: string[];
  /** Approvals that a pull request needs. */
  requiredApprovals: number;
  /** Commit statuses that a pull request needs; none when empty. */
  statusChecks: string[];
}

const part = encodeURIComponent;

/**
 * Who may do what with a repository: users, teams, protected branches.
 *
 * @public
 */
export class GiteaRepositoryRights {
  constructor(private readonly calls: GiteaCalls) {}

  /** A user's right to a repository: `none`, `read`, `write`, `admin` or `owner`. */
  async of(
    repository: GiteaRepository,
    username: string,
    options?: GiteaCallOptions,
  ): Promise<string> {
    const { permission } = await this.calls.send({
      method: 'GET',
      path: `${pathOf(repository)}/collaborators/${part(username)}/permission`,
      expect: permissionSchema,
      action: `look up what ${username} may do with ${repository.full_name}`,
      ...options,
    });
    return permission;
  }

  /**
   * Gives a team of the owning organisation its rights to a repository.
   *
   * @returns whether it had none before
   */
  async addTeam(
    repository: GiteaRepository,
    team: string,
    options?: GiteaCallOptions,
  ): Promise<boolean> {
    const path = `${pathOf(repository)}/teams/${part(team)}`;
    const find = async () =>
      this.calls.find({
        method: 'GET',
        path,
        expect: z.object({ id: z.number() }),
        action: `look up the team ${team} at ${repository.full_name}`,
        ...options,
      });
    // A team that is there is a 422 (`routers/api/v1/repo/teams.go`), like much else.
    if (await find()) return false;
    try {
      await this.calls.send({
        method: 'PUT',
        path,
        action: `give the team ${team} its rights to ${repository.full_name}`,
        ...options,
      });
      return true;
    } catch (error) {
      if (isServiceError(error, 'validation') && (await find())) return false;
      throw error;
    }
  }

  /**
   * Protects a branch that no rule of its name protects yet.
   *
   * @returns whether it was not protected before; a rule that is there stays as it is
   */
  async protect(
    repository: GiteaRepository,
    protection: GiteaBranchProtection,
    options?: GiteaCallOptions,
  ): Promise<boolean> {
    const { branch, pushers, requiredApprovals, statusChecks } = protection;
    const path = `${pathOf(repository)}/branch_protections`;
    const find = async () =>
      this.calls.find({
        method: 'GET',
        path: `${path}/${part(branch)}`,
        expect: protectionSchema,
        action: `look up the protection of the branch ${branch} of ${repository.full_name}`,
        ...options,
      });
    if (await find()) return false;
    try {
      await this.calls.send({
        method: 'POST',
        path,
        json: {
          rule_name: branch,
          enable_push: pushers.length > 0,
          enable_push_whitelist: pushers.length > 0,
          push_whitelist_usernames: pushers,
          required_approvals: requiredApprovals,
          enable_status_check: statusChecks.length > 0,
          status_check_contexts: statusChecks,
        },
        expect: protectionSchema,
        action: `protect the branch ${branch} of ${repository.full_name}`,
        ...options,
      });
      return true;
    } catch (error) {
      // "Branch protection already exist" is a 403 (`routers/api/v1/repo/branch.go`).
      const mayBeThere = isServiceError(error, 'forbidden', 'unavailable');
      if (mayBeThere && (await find())) return error.kind === 'unavailable';
      throw error;
    }
  }
}

function pathOf({ owner, name }: GiteaRepository) {
  return `/repos/${part(owner.login)}/${part(name)}`;
}
