import { Entity, GroupEntity, UserEntity } from '@backstage/catalog-model';
import { LogtoClient } from '@formulary/plugin-logto-node';
import {
  IncompleteReadingError,
  OrganizationSource,
} from '@formulary/plugin-organization-sync-node';
import { LOGTO_ID_ANNOTATION, LOGTO_ROLES_ANNOTATION } from './annotations';
import { groupEntities, HeldRole } from './groupEntities';
import { LogtoPerson, personOf } from './LogtoPerson';
import { LogtoReading } from './LogtoReading';
import { Origin } from './Origin';
import { ReadingOptions, readStructure } from './readStructure';
import { Belongings, groupIdsOf, userEntity } from './userEntity';

/** A Logto, as the sync reads it. */
export class LogtoSource implements OrganizationSource<LogtoPerson> {
  readonly idAnnotation = LOGTO_ID_ANNOTATION;
  readonly rolesAnnotation = LOGTO_ROLES_ANNOTATION;
  private readonly origin: Origin;

  constructor(
    private readonly logto: LogtoClient,
    private readonly options: ReadingOptions,
  ) {
    this.origin = new Origin(logto.endpoint);
  }

  get name(): string {
    return `Logto at ${this.logto.endpoint}`;
  }

  async read(): Promise<LogtoReading> {
    const { logto, origin } = this;
    const structure = await readStructure(logto, this.options);
    const { organizations, heldRoles, belongings } = structure;
    const groups = groupEntities(organizations, heldRoles, origin);
    const names = namesById(groups);
    return new LogtoReading({
      ...{ logto, origin, groups, names, belongings },
      readPerson: (person, name) => this.readWith(names, person, name),
    });
  }

  async findUser(id: string): Promise<LogtoPerson | undefined> {
    const user = await this.logto.findUser(id);
    return user && personOf(user);
  }

  readPerson(
    person: LogtoPerson,
    name: string,
    known: Entity[],
  ): Promise<UserEntity> {
    return this.readWith(namesById(known), person, name);
  }

  /** Who has which role only a reading of everything tells: those that are known stay as long as Logto has the role. */
  async readGroups(known: Entity[]): Promise<GroupEntity[]> {
    const organizations = await this.logto.organizations();
    const roles = await this.logto.organizationRoles();
    const ids = new Set(organizations.map(({ id }) => id));
    const heldRoles = known.flatMap(({ metadata }): HeldRole[] => {
      const [organizationId, roleId] =
        metadata.annotations![LOGTO_ID_ANNOTATION].split(':');
      const role = roles.find(({ id }) => id === roleId);
      return role && ids.has(organizationId) ? [{ organizationId, role }] : [];
    });
    return groupEntities(organizations, heldRoles, this.origin);
  }

  private async readWith(
    names: Map<string, string>,
    person: LogtoPerson,
    name: string,
  ): Promise<UserEntity> {
    const belongings = await this.belongingsOf(person);
    const strange = groupIdsOf(belongings).find(id => !names.has(id));
    if (strange) {
      throw new IncompleteReadingError(
        this.name,
        `${person.username} belongs to the organisation, or has the role in one, ${strange}, which is not in its lists`,
      );
    }
    return userEntity(person, name, belongings, names, this.origin);
  }

  private async belongingsOf({
    id,
    username,
  }: LogtoPerson): Promise<Belongings> {
    const [organizations, roles] = await Promise.all([
      this.logto.organizationsOf(id),
      this.options.roles ? this.logto.rolesOf(id) : [],
    ]);
    if (!organizations || !roles) {
      throw new IncompleteReadingError(
        this.name,
        `${username} was deleted meanwhile`,
      );
    }
    return {
      organizations: organizations.map(organization => ({
        id: organization.id,
        roleIds: organization.organizationRoles.map(role => role.id),
      })),
      roles: roles.map(role => role.name),
    };
  }
}

function namesById(groups: Entity[]): Map<string, string> {
  return new Map(
    groups.map(({ metadata }) => [
      metadata.annotations![LOGTO_ID_ANNOTATION],
      metadata.name,
    ]),
  );
}
