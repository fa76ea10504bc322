import { GroupEntity, UserEntity } from '@backstage/catalog-model';
import { LogtoClient } from '@formulary/plugin-logto-node';
import {
  AppliedEntity,
  OrganizationReading,
} from '@formulary/plugin-organization-sync-node';
import { LogtoPerson, personOf } from './LogtoPerson';
import { Origin } from './Origin';
import { Belongings, userEntity } from './userEntity';

/** Of somebody who belongs to nothing. */
const NOTHING: Belongings = { organizations: [], roles: [] };

/** All that a Logto has. */
export class LogtoReading implements OrganizationReading<LogtoPerson> {
  readonly groups: GroupEntity[];

  constructor(
    private readonly options: {
      logto: LogtoClient;
      origin: Origin;
      groups: GroupEntity[];
      /** Names of the groups' entities by their ids in Logto. */
      names: Map<string, string>;
      /** By the user's id. */
      belongings: Map<string, Belongings>;
      readPerson(person: LogtoPerson, name: string): Promise<UserEntity>;
    },
  ) {
    this.groups = options.groups;
  }

  async *users(): AsyncGenerator<LogtoPerson[]> {
    for await (const page of this.options.logto.users()) {
      yield page.map(personOf);
    }
  }

  userEntity(person: LogtoPerson, name: string): UserEntity {
    const { belongings, names, origin } = this.options;
    const own = belongings.get(person.id) ?? NOTHING;
    return userEntity(person, name, own, names, origin);
  }

  readPerson(person: LogtoPerson, name: string): Promise<UserEntity> {
    return this.options.readPerson(person, name);
  }

  /** The client has compared every list with Logto's count of it. */
  async assertComplete(): Promise<void> {}

  async exists({
    kind,
    subject,
    isOrganization,
  }: AppliedEntity): Promise<boolean> {
    const { logto } = this.options;
    if (kind === 'User') return (await logto.findUser(subject)) !== undefined;
    if (isOrganization) {
      return (await logto.findOrganization(subject)) !== undefined;
    }
    const [organizationId, roleId] = subject.split(':');
    const holders = await logto.members(organizationId, roleId).next();
    return !holders.done;
  }
}
