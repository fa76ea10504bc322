import { Entity, GroupEntity, UserEntity } from '@backstage/catalog-model';
import {
  IncompleteReadingError,
  OrganizationSource,
} from '@formulary/plugin-organization-sync-node';
import {
  KEYCLOAK_ID_ANNOTATION,
  KEYCLOAK_ORGANIZATION_ANNOTATION,
  KEYCLOAK_ROLES_ANNOTATION,
} from './annotations';
import { groupEntities } from './groupEntities';
import { GroupIndex } from './GroupIndex';
import { readGroups } from './GroupTree';
import { KeycloakReading } from './KeycloakReading';
import { KeycloakRealm } from './KeycloakRealm';
import { Origin } from './Origin';
import {
  belongingsOf,
  listOrganizations,
  ReadingOptions,
  readStructure,
} from './readStructure';
import {
  isServiceAccount,
  KeycloakOrganization,
  KeycloakUser,
} from './representations';
import { userEntity } from './userEntity';

/** One realm of Keycloak, as the sync reads it. */
export class KeycloakSource implements OrganizationSource<KeycloakUser> {
  readonly idAnnotation = KEYCLOAK_ID_ANNOTATION;
  readonly rolesAnnotation = KEYCLOAK_ROLES_ANNOTATION;
  private readonly origin: Origin;

  constructor(
    private readonly realm: KeycloakRealm,
    private readonly options: ReadingOptions,
  ) {
    this.origin = new Origin(realm.baseUrl, realm.name);
  }

  get name(): string {
    return `Keycloak's realm ${this.realm.name}`;
  }

  async read(): Promise<KeycloakReading> {
    const structure = await readStructure(this.realm, this.options);
    const groups = groupEntities(structure, this.origin);
    const index = new GroupIndex(groups);
    return new KeycloakReading({
      ...{ structure, groups, index },
      name: this.name,
      realm: this.realm,
      origin: this.origin,
      readPerson: (user, name) => this.readWith(index, user, name),
    });
  }

  async findUser(id: string): Promise<KeycloakUser | undefined> {
    const user = await this.realm.user(id);
    return user && !isServiceAccount(user) ? user : undefined;
  }

  findUserByName(username: string): Promise<KeycloakUser | undefined> {
    return this.realm.userByName(username);
  }

  readPerson(
    user: KeycloakUser,
    name: string,
    known: Entity[],
  ): Promise<UserEntity> {
    return this.readWith(new GroupIndex(known), user, name);
  }

  async readGroups(known: Entity[]): Promise<GroupEntity[]> {
    const organizations =
      (await listOrganizations(this.realm)) ?? organizationsOf(known);
    const groups = await readGroups(this.realm, this.options.concurrency);
    return groupEntities({ groups, organizations }, this.origin);
  }

  private async readWith(
    index: GroupIndex,
    user: KeycloakUser,
    name: string,
  ): Promise<UserEntity> {
    const belongings = await belongingsOf(this.realm, user.id, this.options);
    for (const group of [...belongings.groups, ...belongings.organizations]) {
      if (!index.has(group)) {
        throw new IncompleteReadingError(
          this.name,
          `${user.username} belongs to the group or organisation ${group}, which is not in its lists`,
        );
      }
    }
    return userEntity(user, name, belongings, index, this.origin);
  }
}

/** The organisations that the catalog knows, where the service account may not list them. */
function organizationsOf(known: Entity[]): KeycloakOrganization[] {
  return known
    .filter(({ spec }) => spec?.type === 'organization')
    .map(({ metadata, spec }) => {
      const profile = spec?.profile;
      const { [KEYCLOAK_ID_ANNOTATION]: id, ...more } =
        metadata.annotations ?? {};
      const alias = more[KEYCLOAK_ORGANIZATION_ANNOTATION];
      const name =
        typeof profile === 'object' && profile && 'displayName' in profile
          ? String(profile.displayName)
          : alias;
      return { id, alias, name };
    });
}
