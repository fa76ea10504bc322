import { Person } from '@formulary/plugin-provisioning-common';
import { ResolvedPerson } from './ResolvedPerson';

/** Somebody as the identity provider has them: what the portal calls them, the catalog says. */
export interface DirectoryPerson extends Omit<ResolvedPerson, 'person'> {
  person: Omit<Person, 'userRef'>;
}

/** Persons as the identity provider knows them now: the truth that webhooks and the catalog only point to. */
export interface PersonDirectory {
  /**
   * A person by subject, or undefined when the identity provider says in its
   * own words that it does not know them.
   *
   * @throws ServiceError when it cannot be asked, or says anything else
   */
  find(subject: string): Promise<DirectoryPerson | undefined>;

  /**
   * A person by username, or undefined when the identity provider knows none of
   * that name. Left out where people need not have one.
   *
   * @throws ServiceError when it cannot be asked
   */
  findByUsername?(username: string): Promise<DirectoryPerson | undefined>;

  /**
   * Subjects of the members of an organisation, by the identity provider's id
   * of it. Left out where events always say whose membership changed.
   *
   * @throws ServiceError when it cannot be asked
   */
  membersOf?(organizationId: string): Promise<string[]>;
}
