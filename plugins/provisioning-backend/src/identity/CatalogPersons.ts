import { AuthService } from '@backstage/backend-plugin-api';
import {
  DEFAULT_NAMESPACE,
  Entity,
  GroupEntity,
  isGroupEntity,
  isUserEntity,
  parseEntityRef,
  RELATION_CHILD_OF,
  RELATION_HAS_MEMBER,
  RELATION_MEMBER_OF,
  RELATION_PARENT_OF,
  stringifyEntityRef,
  UserEntity,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  entityName,
  markedName,
} from '@formulary/plugin-organization-sync-node';
import { Person } from '@formulary/plugin-provisioning-common';

// Annotation that plugins/catalog-backend-module-keycloak-org writes (annotations.ts).
const REALM_ANNOTATION = 'keycloak.org/realm';

/** Fields that tell who somebody is. */
const FIELDS = ['kind', 'metadata'];

/** The catalog is asked with GET, whose address has a bound. */
const EMAILS_PER_QUERY = 50;

/** More levels than any organisation has; ends a walk over parents that go in a circle. */
const MAX_LEVELS = 20;

/** Persons as the organisation sync wrote them into the catalog. */
export class CatalogPersons {
  constructor(
    private readonly catalog: CatalogService,
    private readonly auth: AuthService,
    private readonly identityProvider: {
      issuer: string;
      /** Annotation with the identity provider's id of a user. */
      idAnnotation: string;
      /** The realm that it is about, when that is known. */
      realm?: string;
    },
  ) {}

  /**
   * A person by ref, or undefined when the catalog has no such user or does
   * not know who that is at the identity provider.
   */
  async find(userRef: string): Promise<Person | undefined> {
    const credentials = await this.auth.getOwnServiceCredentials();
    const user = await this.catalog.getEntityByRef(userRef, { credentials });
    if (!user || !isUserEntity(user)) return undefined;
    const subject = this.subjectOf(user);
    if (!subject) return undefined;
    const { issuer } = this.identityProvider;
    const { email, displayName } = user.spec.profile ?? {};
    const [firstName, ...lastNames] = displayName?.split(' ') ?? [];
    return {
      userRef: stringifyEntityRef(user),
      issuer,
      subject,
      username: user.metadata.name,
      email: email?.toLowerCase() ?? '',
      // The catalog does not say; nothing is linked by an address on its word.
      emailVerified: false,
      displayName: displayName ?? user.metadata.name,
      firstName,
      lastName: lastNames.join(' ') || undefined,
      organisation: await this.organisationOf(user),
      groups: targets(user, RELATION_MEMBER_OF).map(
        ref => parseEntityRef(ref).name,
      ),
    };
  }

  /**
   * What the catalog calls somebody: the user who carries their subject, or
   * who carries none and has their verified address, as sign-in has it. Whom
   * it does not have yet gets the name that the organisation sync will give
   * them: never one that somebody else has, whatever username they chose.
   */
  async refOf(
    person: Pick<Person, 'subject' | 'username' | 'email' | 'emailVerified'>,
  ): Promise<string> {
    const { subject, username, email, emailVerified } = person;
    const plain = entityName(username, subject);
    const { idAnnotation } = this.identityProvider;
    const { items } = await this.catalog.getEntities(
      {
        filter: [
          { kind: 'User', [`metadata.annotations.${idAnnotation}`]: subject },
          {
            kind: 'User',
            'metadata.namespace': DEFAULT_NAMESPACE,
            'metadata.name': plain,
          },
        ],
        fields: [...FIELDS, 'spec.profile.email'],
      },
      { credentials: await this.auth.getOwnServiceCredentials() },
    );
    const users = items.filter(isUserEntity);
    const known = users.find(user => this.subjectOf(user) === subject);
    if (known) return stringifyEntityRef(known);
    const isTheirs = (user: UserEntity) =>
      user.metadata.annotations?.[idAnnotation] === undefined &&
      emailVerified &&
      user.spec.profile?.email?.toLowerCase() === email;
    const name = users.every(isTheirs) ? plain : markedName(plain, subject);
    return stringifyEntityRef({
      kind: 'User',
      namespace: DEFAULT_NAMESPACE,
      name,
    });
  }

  /** Which of some refs the catalog knows as somebody of the identity provider. */
  async knownOf(userRefs: string[]): Promise<string[]> {
    const credentials = await this.auth.getOwnServiceCredentials();
    const { items } = await this.catalog.getEntitiesByRefs(
      { entityRefs: userRefs, fields: FIELDS },
      { credentials },
    );
    return items.flatMap(user =>
      user && this.subjectOf(user) ? stringifyEntityRef(user) : [],
    );
  }

  /** The people who have one of some addresses, which are in lower case. */
  async refsByEmail(
    emails: string[],
  ): Promise<{ email: string; userRef: string }[]> {
    const credentials = await this.auth.getOwnServiceCredentials();
    const found: { email: string; userRef: string }[] = [];
    for (let at = 0; at < emails.length; at += EMAILS_PER_QUERY) {
      const { items } = await this.catalog.getEntities(
        {
          filter: {
            kind: 'User',
            'spec.profile.email': emails.slice(at, at + EMAILS_PER_QUERY),
          },
          fields: [...FIELDS, 'spec.profile.email'],
        },
        { credentials },
      );
      for (const user of items) {
        const email = isUserEntity(user) && user.spec.profile?.email;
        if (email && this.subjectOf(user)) {
          found.push({
            email: email.toLowerCase(),
            userRef: stringifyEntityRef(user),
          });
        }
      }
    }
    return found;
  }

  /**
   * Refs of the members of a group and of the groups right below it, sorted; or
   * undefined when the catalog has no such group.
   */
  async membersOfGroup(groupRef: string): Promise<string[] | undefined> {
    const [group] = await this.groups([groupRef]);
    if (!group) return undefined;
    const below = targets(group, RELATION_PARENT_OF);
    const groups = [group, ...(below.length ? await this.groups(below) : [])];
    const members = groups.flatMap(each => targets(each, RELATION_HAS_MEMBER));
    return [...new Set(members)].sort();
  }

  /** Who a user is at the identity provider, or undefined when the catalog does not know. */
  private subjectOf({ metadata }: Entity): string | undefined {
    const { idAnnotation, realm } = this.identityProvider;
    const annotations = metadata.annotations ?? {};
    return realm && annotations[REALM_ANNOTATION] !== realm
      ? undefined
      : annotations[idAnnotation];
  }

  /** Name of the topmost group above the user's groups. */
  private async organisationOf(user: UserEntity): Promise<string> {
    const tops: string[] = [];
    let refs = targets(user, RELATION_MEMBER_OF);
    for (let level = 0; refs.length > 0 && level < MAX_LEVELS; level++) {
      const groups = await this.groups(refs);
      tops.push(
        ...groups
          .filter(group => targets(group, RELATION_CHILD_OF).length === 0)
          .map(group => group.metadata.name),
      );
      refs = groups.flatMap(group => targets(group, RELATION_CHILD_OF));
    }
    return tops.sort()[0] ?? '';
  }

  private async groups(entityRefs: string[]): Promise<GroupEntity[]> {
    const credentials = await this.auth.getOwnServiceCredentials();
    const { items } = await this.catalog.getEntitiesByRefs(
      { entityRefs: [...new Set(entityRefs)] },
      { credentials },
    );
    return items.filter(
      (entity): entity is GroupEntity =>
        entity !== undefined && isGroupEntity(entity),
    );
  }
}

function targets(entity: Entity, type: string): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(relation => relation.targetRef);
}
