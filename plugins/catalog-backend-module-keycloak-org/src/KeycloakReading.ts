import { GroupEntity, UserEntity } from '@backstage/catalog-model';
import {
  AppliedEntity,
  IncompleteReadingError,
  OrganizationReading,
} from '@formulary/plugin-organization-sync-node';
import { GroupIndex } from './GroupIndex';
import { KeycloakRealm } from './KeycloakRealm';
import { Origin } from './Origin';
import { RealmStructure } from './readStructure';
import { isServiceAccount, KeycloakUser } from './representations';
import { userEntity } from './userEntity';

/** Of somebody who belongs to nothing. */
const NOTHING = { groups: [], organizations: [], roles: [] };

/** A realm, read as a whole. */
export class KeycloakReading implements OrganizationReading<KeycloakUser> {
  readonly groups: GroupEntity[];
  /** Ids of the users that Keycloak listed, service accounts included. */
  private readonly listed = new Set<string>();
  private organizationsAreOff?: Promise<boolean>;

  constructor(
    private readonly options: {
      name: string;
      realm: KeycloakRealm;
      origin: Origin;
      structure: RealmStructure;
      groups: GroupEntity[];
      index: GroupIndex;
      readPerson(user: KeycloakUser, name: string): Promise<UserEntity>;
    },
  ) {
    this.groups = options.groups;
  }

  async *users(): AsyncGenerator<KeycloakUser[]> {
    for await (const page of this.options.realm.users()) {
      for (const { id } of page) this.listed.add(id);
      yield page.filter(user => !isServiceAccount(user));
    }
  }

  userEntity(user: KeycloakUser, name: string): UserEntity {
    const { structure, index, origin } = this.options;
    const belongings = structure.belongings.get(user.id) ?? NOTHING;
    return userEntity(user, name, belongings, index, origin);
  }

  readPerson(user: KeycloakUser, name: string): Promise<UserEntity> {
    return this.options.readPerson(user, name);
  }

  async assertComplete(): Promise<void> {
    const { name, realm, structure } = this.options;
    const userCount = await realm.userCount();
    if (this.listed.size < userCount) {
      throw new IncompleteReadingError(
        name,
        `it listed ${this.listed.size} of ${userCount} users`,
      );
    }
    const groupCount = await realm.groupCount();
    if (structure.groups.length < groupCount) {
      throw new IncompleteReadingError(
        name,
        `it listed ${structure.groups.length} of ${groupCount} groups`,
      );
    }
  }

  async exists({
    kind,
    subject,
    isOrganization,
  }: AppliedEntity): Promise<boolean> {
    const { realm, structure } = this.options;
    if (kind === 'User') {
      const user = await realm.user(subject);
      return user !== undefined && !isServiceAccount(user);
    }
    if (!isOrganization) return (await realm.group(subject)) !== undefined;
    // Where organisations are off, or known through their members alone, the
    // reading itself has asked for each person.
    if (!structure.organizationsListed || (await this.areOrganizationsOff())) {
      return false;
    }
    return (await realm.organization(subject)) !== undefined;
  }

  private areOrganizationsOff(): Promise<boolean> {
    this.organizationsAreOff ??= this.options.realm
      .hasOrganizations()
      .then(enabled => enabled === false);
    return this.organizationsAreOff;
  }
}
