import { Person, PersonLifecycle } from '@formulary/plugin-provisioning-common';
import { Knex } from 'knex';
import { prepared } from './prepared';

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
  roles: string[] | null;
  attributes: Record<string, string>;
  state: PersonLifecycle['state'];
  state_reason: string | null;
  state_since: Date | null;
  remove_after: Date | null;
}

const COLUMNS = [
  'id',
  'user_ref',
  'issuer',
  'subject',
  'username',
  'email',
  'email_verified',
  'display_name',
  'first_name',
  'last_name',
  'organisation',
  'groups',
  'roles',
  'attributes',
  'state',
  'state_reason',
  'state_since',
  'remove_after',
] as const;

/** A person and the id of their row. */
export interface StoredPerson {
  id: string;
  person: Person;
  lifecycle: PersonLifecycle;
}

/** What becomes of a person. */
export type LifecycleChange =
  | { state: 'active' }
  | { state: 'suspended'; reason: string; removeAfterMs?: number }
  | { state: 'removed'; reason: string };

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
      ...(row.roles ? { roles: row.roles } : {}),
      attributes: row.attributes,
    },
    lifecycle: {
      state: row.state,
      reason: row.state_reason ?? undefined,
      since: row.state_since?.toISOString(),
      removeAfter: row.remove_after?.toISOString(),
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
        roles: this.db.raw('?::jsonb', [
          person.roles ? JSON.stringify(person.roles) : null,
        ]),
        attributes: this.db.raw('?::jsonb', [
          JSON.stringify(person.attributes ?? {}),
        ]),
        updated_at: this.db.fn.now(),
      } as Knex.MaybeRawRecord<PersonRow & { updated_at: Date }>)
      .onConflict(['issuer', 'subject'])
      .merge()
      .returning([...COLUMNS])
      .options(prepared('save-person'));
    return toStored(row);
  }

  async findByUserRef(userRef: string): Promise<StoredPerson | undefined> {
    const row = await this.db<PersonRow>('persons')
      .where({ user_ref: userRef })
      .first(...COLUMNS)
      .options(prepared('person-by-ref'));
    return row && toStored(row);
  }

  async findBySubject(
    issuer: string,
    subject: string,
  ): Promise<StoredPerson | undefined> {
    const row = await this.db<PersonRow>('persons')
      .where({ issuer, subject })
      .first(...COLUMNS)
      .options(prepared('person-by-subject'));
    return row && toStored(row);
  }

  async listByUserRefs(userRefs: string[]): Promise<StoredPerson[]> {
    const rows = await this.db<PersonRow>('persons').whereIn(
      'user_ref',
      userRefs,
    );
    return rows.map(toStored);
  }

  async listByIds(ids: string[]): Promise<StoredPerson[]> {
    const rows = await this.db<PersonRow>('persons').whereIn('id', ids);
    return rows.map(toStored);
  }

  async listBySubjects(subjects: string[]): Promise<StoredPerson[]> {
    const rows = await this.db<PersonRow>('persons').whereIn(
      'subject',
      subjects,
    );
    return rows.map(toStored);
  }

  /** Everybody who has one of some addresses, which are in lower case. */
  async listByEmails(emails: string[]): Promise<StoredPerson[]> {
    const rows = await this.db<PersonRow>('persons').whereIn('email', emails);
    return rows.map(toStored);
  }

  async get(id: string): Promise<StoredPerson> {
    const row = await this.db<PersonRow>('persons')
      .where({ id })
      .first(...COLUMNS)
      .options(prepared('person'));
    if (!row) throw new Error(`The person ${id} is not stored any more`);
    return toStored(row);
  }

  /** Takes the ref from a person who is gone, so that a successor can have it. */
  async releaseUserRef(id: string): Promise<void> {
    await this.db<PersonRow>('persons')
      .where({ id })
      .update({ user_ref: null });
  }

  /** Locks a person's row until the transaction ends. */
  async lock(id: string): Promise<StoredPerson> {
    const row = await this.db<PersonRow>('persons')
      .where({ id })
      .forUpdate()
      .first();
    if (!row) throw new Error(`The person ${id} is not stored any more`);
    return toStored(row);
  }

  async change(id: string, change: LifecycleChange): Promise<void> {
    const removeAfterMs =
      change.state === 'suspended' ? change.removeAfterMs : undefined;
    await this.db('persons')
      .where({ id })
      .update({
        state: change.state,
        state_reason: change.state === 'active' ? null : change.reason,
        state_since: this.db.fn.now(),
        remove_after:
          removeAfterMs === undefined
            ? null
            : this.db.raw(`now() + ? * interval '1 millisecond'`, [
                removeAfterMs,
              ]),
      });
  }

  /** Suspended persons whose accounts are to be removed by now, those who wait longest first. */
  async listDueForRemoval(limit: number): Promise<StoredPerson[]> {
    const rows = await this.db<PersonRow>('persons')
      .where({ state: 'suspended' })
      .where('remove_after', '<=', this.db.fn.now())
      .orderBy('remove_after')
      .limit(limit);
    return rows.map(toStored);
  }

  /** Persons by id, those after a given one. */
  async listAfter(
    id: string | undefined,
    limit: number,
  ): Promise<StoredPerson[]> {
    const rest = this.db<PersonRow>('persons').orderBy('id').limit(limit);
    if (id !== undefined) rest.where('id', '>', id);
    return (await rest).map(toStored);
  }

  /** Everybody who has a ref, by username. */
  async list(filter: {
    limit: number;
    offset: number;
    state?: PersonLifecycle['state'];
    search?: string;
  }): Promise<{ items: StoredPerson[]; totalItems: number }> {
    const matching = this.db<PersonRow>('persons').whereNotNull('user_ref');
    if (filter.state) matching.where({ state: filter.state });
    if (filter.search) {
      const pattern = `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`;
      matching.where(either =>
        either
          .whereILike('username', pattern)
          .orWhereILike('email', pattern)
          .orWhereILike('display_name', pattern),
      );
    }
    const [{ count }] = await matching
      .clone()
      .count<{ count: string }[]>({ count: '*' });
    const rows = await matching
      .orderBy([{ column: 'username' }, { column: 'id' }])
      .limit(filter.limit)
      .offset(filter.offset);
    return { items: rows.map(toStored), totalItems: Number(count) };
  }
}
