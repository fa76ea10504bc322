import { NotFoundError } from '@backstage/errors';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { entityName } from '@formulary/plugin-organization-sync-node';
import { Person } from '@formulary/plugin-provisioning-common';
import { PersonStore, StoredPerson } from '../database/PersonStore';
import { CatalogPersons } from './CatalogPersons';
import { DirectoryPerson, PersonDirectory } from './PersonDirectory';
import { refusalOf, ResolvedPerson } from './ResolvedPerson';

/**
 * Finds out who somebody is. The catalog and the persons met before tell which
 * subject is meant; the identity provider, where it can be asked, tells the rest.
 */
export class PersonResolver {
  constructor(
    private readonly persons: PersonStore,
    /** Where people are found by name before the identity provider is asked. */
    readonly catalog: CatalogPersons,
    private readonly directory: PersonDirectory | undefined,
    private readonly issuer: string,
  ) {}

  /**
   * A person by ref.
   *
   * @throws NotFoundError when nobody knows the person, with what to do
   */
  async byUserRef(userRef: string): Promise<ResolvedPerson> {
    const ref = stringifyEntityRef(
      parseEntityRef(userRef, {
        defaultKind: 'user',
        defaultNamespace: 'default',
      }),
    );
    const inCatalog = await this.catalog.find(ref);
    const met = await this.persons.findByUserRef(ref);
    const candidate = inCatalog ?? met?.person;
    if (!candidate) {
      // Somebody who has just signed up is in the catalog after the next sync only.
      const named = await this.byUsername(parseEntityRef(ref).name);
      if (named?.person.userRef === ref) return named;
      throw new NotFoundError(
        `Nobody called ${ref} is known yet. A new sign-up takes up to a few minutes to arrive from the identity provider; after that, an administrator should check the organisation sync`,
      );
    }
    if (!this.directory) {
      const person = withKnownVerification(candidate, met?.person);
      return { person, enabled: true, refusal: refusalOf(person, true) };
    }
    const resolved = await this.directory.find(candidate.subject);
    if (!resolved) {
      throw new NotFoundError(
        `${ref} does not exist at the identity provider any more. Sign up again, or ask an administrator to restore the account`,
      );
    }
    // The catalog's name of a user is the one that they sign in with here.
    return { ...resolved, person: { ...resolved.person, userRef: ref } };
  }

  /** Whether the identity provider can be asked. */
  get asksIdentityProvider(): boolean {
    return this.directory !== undefined;
  }

  /** A person by the identity provider's id, or undefined when it knows none. */
  async bySubject(subject: string): Promise<ResolvedPerson | undefined> {
    return this.named(await this.directory?.find(subject));
  }

  /** A person by their name at the identity provider, or undefined when it knows none. */
  async byUsername(username: string): Promise<ResolvedPerson | undefined> {
    return this.named(await this.directory?.findByUsername?.(username));
  }

  /**
   * A person by their name at the identity provider where only the catalog can
   * be asked; undefined when the name is that of somebody else there.
   *
   * @throws NotFoundError when nobody knows the person
   */
  async byCatalogName(
    username: string,
    subject?: string,
  ): Promise<ResolvedPerson | undefined> {
    const resolved = await this.byUserRef(entityName(username, subject ?? ''));
    return subject === undefined || resolved.person.subject === subject
      ? resolved
      : undefined;
  }

  /** Subjects of the members of an organisation; none when the identity provider cannot be asked. */
  async membersOf(organizationId: string): Promise<string[]> {
    return this.directory?.membersOf?.(organizationId) ?? [];
  }

  /** A person whom provisioning has met, by the identity provider's id. */
  async findMet(subject: string): Promise<StoredPerson | undefined> {
    return this.persons.findBySubject(this.issuer, subject);
  }

  /** Somebody as the catalog calls them: the identity provider does not know who else has the name. */
  private async named(
    resolved: DirectoryPerson | undefined,
  ): Promise<ResolvedPerson | undefined> {
    if (!resolved) return undefined;
    const userRef = await this.catalog.refOf(resolved.person);
    return { ...resolved, person: { ...resolved.person, userRef } };
  }

  /** Whether the identity provider says for certain that it does not know the person any more, or the catalog calls them otherwise by now. */
  async hasLeftRef(person: Person): Promise<boolean> {
    if (!this.directory) return false;
    const now = await this.bySubject(person.subject);
    return now?.person.userRef !== person.userRef;
  }
}

/** Keeps that an address was verified, as long as it is the same address of the same person. */
function withKnownVerification(person: Person, met: Person | undefined) {
  return {
    ...person,
    emailVerified:
      person.emailVerified ||
      (met?.subject === person.subject &&
        met.email === person.email &&
        met.emailVerified),
  };
}
