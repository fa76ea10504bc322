import {
  Account,
  Person,
  PersonLifecycle,
} from '@formulary/plugin-provisioning-common';
import { AccountStore } from '../database/AccountStore';
import { PersonStore, StoredPerson } from '../database/PersonStore';
import { CatalogPersons } from './CatalogPersons';

/** Most people asked about at once. */
const BATCH = 200;

/** Somebody who is known by the catalog or was met before. */
export interface KnownPerson {
  userRef: string;
  /** As met last; absent when provisioning has not met the person. */
  person?: Person;
  /** Absent when provisioning has not met the person. */
  lifecycle?: PersonLifecycle;
  /** Services where the person has an account that works. */
  activeIn: string[];
  /** Services where the person has an account, whatever its state. */
  accountsIn: string[];
}

/** Finds many people at once, without asking the identity provider about each. */
export class PersonLookup {
  constructor(
    private readonly persons: PersonStore,
    private readonly accounts: AccountStore,
    private readonly catalog: Pick<CatalogPersons, 'knownOf' | 'refsByEmail'>,
  ) {}

  /** Refs of the people who have the addresses, by address. One that nobody has is left out. */
  async refsByEmail(emails: string[]): Promise<Map<string, Set<string>>> {
    const found = new Map<string, Set<string>>();
    const add = (email: string, userRef: string) =>
      found.set(email, (found.get(email) ?? new Set()).add(userRef));
    for (const some of batches(emails)) {
      for (const { person } of await this.persons.listByEmails(some)) {
        if (person.userRef) add(person.email, person.userRef);
      }
      for (const { email, userRef } of await this.catalog.refsByEmail(some)) {
        add(email, userRef);
      }
    }
    return found;
  }

  /** The people with the refs who are known, by ref. */
  async find(userRefs: string[]): Promise<Map<string, KnownPerson>> {
    const found = new Map<string, KnownPerson>();
    for (const some of batches(userRefs)) {
      for (const userRef of await this.catalog.knownOf(some)) {
        found.set(userRef, { userRef, activeIn: [], accountsIn: [] });
      }
      const met = await this.persons.listByUserRefs(some);
      for (const known of await this.withAccounts(met)) {
        found.set(known.userRef, known);
      }
    }
    return found;
  }

  private async withAccounts(met: StoredPerson[]): Promise<KnownPerson[]> {
    const accounts = await this.accounts.listOfAll(met.map(({ id }) => id));
    return met.map(({ id, person, lifecycle }) => {
      const theirs = accounts.get(id) ?? [];
      return {
        userRef: person.userRef,
        person,
        lifecycle,
        activeIn: servicesOf(theirs.filter(({ state }) => state === 'active')),
        accountsIn: servicesOf(
          theirs.filter(({ state }) => state !== 'removed'),
        ),
      };
    });
  }
}

function servicesOf(accounts: Account[]): string[] {
  return accounts.map(({ service }) => service);
}

function* batches(items: string[]): Generator<string[]> {
  const unique = [...new Set(items)];
  for (let at = 0; at < unique.length; at += BATCH) {
    yield unique.slice(at, at + BATCH);
  }
}
