import { Person } from '@formulary/plugin-provisioning-common';
import { Knex } from 'knex';

interface PersonRow {
  id: string;
  user_ref: string | null;
  issuer: string;
  subject: string;
  username: string;
  email: string;
  email_verified: boolean;
  display_name: string;
  first_name: string | null;
  last_name: string | null;
  organisation: string;
  groups: string[];
  attributes: Record<string, string>;
}

/** A person and the id of their row. */
export interface StoredPerson {
  id: string;
  person: Person;
}

function toStored(row: PersonRow): StoredPerson {
  return {
    id: row.id,
    person: {
      userRef: row.user_ref ?? '',
      issuer: row.issuer,
      subject: row.subject,
      username: row.username,
      email: row.email,
      emailVerified: row.email_verified,
      displayName: row.display_name,
      firstName: row.first_name ?? undefined,
      lastName: row.last_name ?? undefined,
      organisation: row.organisation,
      groups: row.groups,
      attributes: row.attributes,
    },
  };
}

/** Everybody whom provisioning has met, one row for each issuer and subject. */
export class PersonStore {
  constructor(private readonly db: Knex) {}

  /** Adds a person or writes what has changed; the row stays locked until the transaction ends. */
  async save(person: Person): Promise<StoredPerson> {
    const [row] = await this.db<PersonRow>('persons')
      .insert({
        user_ref: person.userRef,
        issuer: person.issuer,
        subject: person.subject,
        username: person.username,
        email: person.email,
        email_verified: person.emailVerified,
        display_name: person.displayName,
        first_name: person.firstName ?? null,
        last_name: person.lastName ?? null,
        organisation: person.organisation,
        groups: this.db.raw('?::jsonb', [JSON.stringify(person.groups)]),
        attributes: this.db.raw('?::jsonb', [
          JSON.stringify(person.attributes ?? {}),
        ]),
        updated_at: this.db.fn.now(),
      } as Knex.MaybeRawRecord<PersonRow & { updated_at: Date }>)
      .onConflict(['issuer', 'subject'])
      .merge()
      .returning('*');
    return toStored(row);
  }

  async findByUserRef(userRef: string): Promise<StoredPerson | undefined> {
    const row = await this.db<PersonRow>('persons')
      .where({ user_ref: userRef })
      .first();
    return row && toStored(row);
  }

  async findBySubject(
    issuer: string,
    subject: string,
  ): Promise<StoredPerson | undefined> {
    const row = await this.db<PersonRow>('persons')
      .where({ issuer, subject })
      .first();
    return row && toStored(row);
  }

  async get(id: string): Promise<StoredPerson> {
    const row = await this.db<PersonRow>('persons').where({ id }).first();
    if (!row) throw new Error(`The person ${id} is not stored any more`);
    return toStored(row);
  }

  /** Takes the ref from a person who is gone, so that a successor can have it. */
  async releaseUserRef(id: string): Promise<void> {
    await this.db<PersonRow>('persons')
      .where({ id })
      .update({ user_ref: null });
  }

  async list(page: {
    limit: number;
    offset: number;
  }): Promise<{ items: Person[]; totalItems: number }> {
    const rows = await this.db<PersonRow>('persons')
      .whereNotNull('user_ref')
      .orderBy([{ column: 'username' }, { column: 'id' }])
      .limit(page.limit)
      .offset(page.offset);
    const [{ count }] = await this.db('persons')
      .whereNotNull('user_ref')
      .count<{ count: string }[]>({ count: '*' });
    return {
      items: rows.map(row => toStored(row).person),
      totalItems: Number(count),
    };
  }
}
