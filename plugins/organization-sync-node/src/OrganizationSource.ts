import { Entity, GroupEntity, UserEntity } from '@backstage/catalog-model';
import { AppliedEntity } from './SyncStore';

/**
 * A user of an identity provider, with what names them.
 *
 * @public
 */
export interface NamedUser {
  /** The identity provider's id, which never changes. */
  id: string;
  username: string;
  /** Whether the identity provider lets them sign in. */
  enabled: boolean;
}

/**
 * What an identity provider has, read as a whole.
 *
 * @public
 */
export interface OrganizationReading<User extends NamedUser> {
  /** Groups and organisations, parents before children. */
  readonly groups: GroupEntity[];

  /** Every person, in pages. */
  users(): AsyncIterable<User[]>;

  /** A person with all that the reading says that they belong to. */
  userEntity(user: User, name: string): UserEntity;

  /**
   * Compares what was read with the identity provider's own counts, once all of it was.
   *
   * @throws {@link IncompleteReadingError} when something is missing
   */
  assertComplete(): Promise<void>;

  /** Whether something that the lists lacked is there: false only in the identity provider's own words. */
  exists(entity: AppliedEntity): Promise<boolean>;

  /**
   * Asks for one person alone and all that they belong to.
   *
   * @throws {@link IncompleteReadingError} when they belong to a group that the lists lacked
   */
  readPerson(user: User, name: string): Promise<UserEntity>;
}

/**
 * An identity provider as the sync sees it. A read that fails is thrown, never an empty answer.
 *
 * @public
 */
export interface OrganizationSource<User extends NamedUser = NamedUser> {
  /** Name for people, such as `Keycloak's realm main`. */
  readonly name: string;

  /** Annotation with the identity provider's id of an entity. */
  readonly idAnnotation: string;

  /** Annotation of a user with the names of their roles, separated by commas. */
  readonly rolesAnnotation: string;

  /** Reads groups, organisations, roles and who has them; the people follow page by page. */
  read(): Promise<OrganizationReading<User>>;

  /** A person by id, or undefined when the identity provider itself says that it has none. */
  findUser(id: string): Promise<User | undefined>;

  /** A person by name; for identity providers whose events say no id. */
  findUserByName?(username: string): Promise<User | undefined>;

  /**
   * Reads all that one person belongs to.
   *
   * @param known - the groups and organisations in the catalog
   * @throws {@link IncompleteReadingError} when they belong to another one
   */
  readPerson(user: User, name: string, known: Entity[]): Promise<UserEntity>;

  /**
   * Reads the groups and organisations alone.
   *
   * @param known - those in the catalog
   */
  readGroups(known: Entity[]): Promise<GroupEntity[]>;
}
