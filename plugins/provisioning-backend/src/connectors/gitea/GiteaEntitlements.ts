import {
  GiteaClient,
  GiteaRepository,
  GiteaTeam,
} from '@formulary/plugin-gitea-node';
import { Entitlement } from '@formulary/plugin-provisioning-common';
import {
  ConnectorCallOptions,
  ConnectorEntitlements,
  EntitledAccount,
  ObservedEntitlement,
} from '@formulary/plugin-provisioning-node';
import { isServiceError, ServiceError } from '@formulary/service-client-node';
import { z } from 'zod';

const LEVELS = ['read', 'write', 'admin'] as const;

const twoParts = (what: string) =>
  z
    .string()
    .trim()
    .regex(/^[^/\s]+\/[^/\s]+$/, { error: `wants ${what}` });

/** Membership in teams of organisations, and rights of one's own to repositories. */
export class GiteaEntitlements implements ConnectorEntitlements {
  readonly levels = [...LEVELS];
  readonly schema = z
    .strictObject({
      teams: z
        .array(twoParts('organisation/team, such as acme/developers'))
        .default([]),
      repositories: z
        .array(
          z.strictObject({
            name: twoParts('owner/repository, such as acme/handbook'),
            permission: z.enum(LEVELS).default('read'),
          }),
        )
        .default([]),
    })
    .transform(({ teams, repositories }): Entitlement[] => [
      ...teams.map(name => ({ kind: 'team', name })),
      ...repositories.map(({ name, permission }) => ({
        kind: 'repository',
        name,
        level: permission,
      })),
    ]);

  constructor(private readonly client: GiteaClient) {}

  async look(
    { account }: EntitledAccount,
    { kind, name }: Entitlement,
    options?: ConnectorCallOptions,
  ): Promise<ObservedEntitlement> {
    const username = loginOf(account);
    if (kind === 'team') {
      const team = await this.team(name, options);
      return {
        there: await this.client.organizations.isTeamMember(
          team,
          username,
          options,
        ),
      };
    }
    const repository = await this.repository(name, options);
    const { repositories, repositoryRights } = this.client;
    const right = await repositoryRights.of(repository, username, options);
    if (right === 'owner') return { there: true, level: 'admin' };
    // Rights that come from a team or from everybody's may go any time.
    return (await repositories.isCollaborator(repository, username, options))
      ? { there: true, level: right }
      : { there: false };
  }

  async give(
    { account }: EntitledAccount,
    { kind, name, level }: Entitlement,
    options?: ConnectorCallOptions,
  ): Promise<void> {
    const username = loginOf(account);
    if (kind === 'team') {
      const team = await this.team(name, options);
      await this.client.organizations.addTeamMember(team, username, options);
      return;
    }
    await this.client.repositories.addCollaborator(
      await this.repository(name, options),
      username,
      LEVELS.find(each => each === level) ?? 'read',
      options,
    );
  }

  async take(
    { account }: EntitledAccount,
    { kind, name }: Entitlement,
    options?: ConnectorCallOptions,
  ): Promise<void> {
    const username = loginOf(account);
    if (kind === 'team') {
      const team = await this.findTeam(name, options);
      if (!team) return;
      await this.client.organizations.removeTeamMember(team, username, options);
      return;
    }
    const repository = await this.findRepository(name, options);
    if (!repository) return;
    await this.client.repositories.removeCollaborator(
      repository,
      username,
      options,
    );
  }

  private async team(
    name: string,
    options?: ConnectorCallOptions,
  ): Promise<GiteaTeam> {
    return (await this.findTeam(name, options)) ?? this.refuse('team', name);
  }

  private async findTeam(
    path: string,
    options?: ConnectorCallOptions,
  ): Promise<GiteaTeam | undefined> {
    const [organization, name] = path.split('/');
    try {
      const teams = await this.client.organizations.teams(
        organization,
        options,
      );
      return teams.find(team => team.name.toLowerCase() === name.toLowerCase());
    } catch (error) {
      if (isServiceError(error, 'not-found')) return undefined;
      throw error;
    }
  }

  private async repository(
    name: string,
    options?: ConnectorCallOptions,
  ): Promise<GiteaRepository> {
    return (
      (await this.findRepository(name, options)) ??
      this.refuse('repository', name)
    );
  }

  private async findRepository(
    path: string,
    options?: ConnectorCallOptions,
  ): Promise<GiteaRepository | undefined> {
    const [owner, name] = path.split('/');
    return this.client.repositories.get(owner, name, options);
  }

  private refuse(what: string, name: string): never {
    throw new ServiceError(
      `Gitea has no ${what} ${name}, which provisioning.defaults gives. Make it there, or correct the rule, and try again`,
      { kind: 'not-found', service: 'Gitea' },
    );
  }
}

function loginOf({ username = '' }: EntitledAccount['account']): string {
  return username;
}
