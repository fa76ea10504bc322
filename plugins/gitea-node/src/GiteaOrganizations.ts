import { z } from 'zod';
import { GiteaCalls } from './GiteaCalls';
import { GiteaCallOptions } from './types';

const organizationSchema = z.object({ id: z.number(), name: z.string() });

/** @public */
export type GiteaOrganization = z.infer<typeof organizationSchema>;

// `OrganizationPermissions` of `modules/structs/org.go`.
const permissionsSchema = z.object({
  is_owner: z.boolean(),
  is_admin: z.boolean(),
  can_write: z.boolean(),
  can_read: z.boolean(),
  can_create_repository: z.boolean(),
});

/** @public */
export type GiteaOrganizationPermissions = z.infer<typeof permissionsSchema>;

const teamSchema = z.object({
  id: z.number(),
  name: z.string(),
  permission: z.string(),
});

/** @public */
export type GiteaTeam = z.infer<typeof teamSchema>;

/** `MAX_RESPONSE_ITEMS` of `modules/setting/api.go`. */
const PAGE_SIZE = 50;

const part = encodeURIComponent;

/**
 * Organisations, their teams, and what users may do there.
 *
 * @public
 */
export class GiteaOrganizations {
  constructor(private readonly calls: GiteaCalls) {}

  /** The organisation of a name; none when a user has that name. */
  async byName(
    name: string,
    options?: GiteaCallOptions,
  ): Promise<GiteaOrganization | undefined> {
    return this.calls.find({
      method: 'GET',
      path: `/orgs/${part(name)}`,
      expect: organizationSchema,
      action: `look up the organisation ${name}`,
      ...options,
    });
  }

  /**
   * What a user may do in an organisation (`routers/api/v1/org/org.go`,
   * `GetUserOrgsPermissions`); undefined without such a user or organisation, or
   * when the user may not even see it.
   */
  async permissionsOf(
    username: string,
    organization: string,
    options?: GiteaCallOptions,
  ): Promise<GiteaOrganizationPermissions | undefined> {
    return this.calls.find({
      method: 'GET',
      path: `/users/${part(username)}/orgs/${part(organization)}/permissions`,
      expect: permissionsSchema,
      action: `look up what ${username} may do in the organisation ${organization}`,
      ...options,
    });
  }

  /** Every team of an organisation, through all pages. */
  async teams(
    organization: string,
    options?: GiteaCallOptions,
  ): Promise<GiteaTeam[]> {
    const teams: GiteaTeam[] = [];
    for (let page = 1; ; page += 1) {
      const found = await this.calls.send({
        method: 'GET',
        path: `/orgs/${part(organization)}/teams`,
        query: { page, limit: PAGE_SIZE },
        expect: z.array(teamSchema),
        action: `list the teams of the organisation ${organization}`,
        ...options,
      });
      teams.push(...found);
      if (found.length < PAGE_SIZE) return teams;
    }
  }

  /** Whether a user is a member of a team (`routers/api/v1/org/team.go`, `GetTeamMember`). */
  async isTeamMember(
    team: GiteaTeam,
    username: string,
    options?: GiteaCallOptions,
  ): Promise<boolean> {
    const member = await this.calls.find({
      method: 'GET',
      path: `/teams/${team.id}/members/${part(username)}`,
      expect: z.object({ login: z.string() }),
      action: `look up ${username} in the team ${team.name}`,
      ...options,
    });
    return member !== undefined;
  }

  /** Makes a user a member of a team, and so of its organisation; fine when they are. */
  async addTeamMember(
    team: GiteaTeam,
    username: string,
    options?: GiteaCallOptions,
  ): Promise<void> {
    await this.calls.send({
      method: 'PUT',
      path: `/teams/${team.id}/members/${part(username)}`,
      action: `add ${username} to the team ${team.name}`,
      ...options,
    });
  }

  /** Takes a user out of a team, and with the last one out of its organisation; fine when they are not in it. */
  async removeTeamMember(
    team: GiteaTeam,
    username: string,
    options?: GiteaCallOptions,
  ): Promise<void> {
    await this.calls.send({
      method: 'DELETE',
      path: `/teams/${team.id}/members/${part(username)}`,
      action: `take ${username} out of the team ${team.name}`,
      ...options,
    });
  }
}
