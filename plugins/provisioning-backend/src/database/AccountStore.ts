import {
  Account,
  AccountState,
  ServiceId,
} from '@formulary/plugin-provisioning-common';
import { ObservedAccount } from '@formulary/plugin-provisioning-node';
import { Knex } from 'knex';
import { prepared } from './prepared';

interface AccountRow {
  person_id: string;
  service: string;
  state: AccountState;
  external_id: string | null;
  username: string | null;
  url: string | null;
  message: string | null;
  observed_at: Date;
}

const COLUMNS = [
  'person_id',
  'service',
  'state',
  'external_id',
  'username',
  'url',
  'message',
  'observed_at',
] as const;

function toAccount(row: AccountRow): Account {
  return {
    service: row.service,
    state: row.state,
    externalId: row.external_id ?? undefined,
    username: row.username ?? undefined,
    url: row.url ?? undefined,
    message: row.message ?? undefined,
    observedAt: row.observed_at.toISOString(),
  };
}

/** What was last observed of each person's accounts. */
export class AccountStore {
  constructor(private readonly db: Knex) {}

  /** Says that accounts are being prepared, but for those that were seen to work. */
  async expect(personId: string, services: ServiceId[]): Promise<void> {
    await this.db
      .raw(
        `insert into accounts (person_id, service, state)
       select ?, service, 'pending' from unnest(?::text[]) as service
       on conflict (person_id, service) do update
       set state = 'pending', message = null, observed_at = now()
       where accounts.state = 'failed'`,
        [personId, services],
      )
      .options(prepared('expect-accounts'));
  }

  /** Writes what a connector found. */
  async observe(personId: string, account: ObservedAccount): Promise<void> {
    await this.db<AccountRow>('accounts')
      .insert({
        person_id: personId,
        service: account.service,
        state: account.state,
        external_id: account.externalId ?? null,
        username: account.username ?? null,
        url: account.url ?? null,
        message: account.message ?? null,
        observed_at: new Date(),
      })
      .onConflict(['person_id', 'service'])
      .merge()
      .options(prepared('observe-account'));
  }

  /**
   * Notes why an account could not be looked after.
   *
   * @param keepWorking - leaves an account that was seen to work in its state: nothing new was observed of it
   */
  async complain(
    personId: string,
    service: ServiceId,
    complaint: { state: AccountState; message: string; keepWorking: boolean },
  ): Promise<void> {
    const working = complaint.keepWorking ? ['active', 'suspended'] : [];
    await this.db('accounts')
      .where({ person_id: personId, service })
      .update({ message: complaint.message });
    await this.db('accounts')
      .where({ person_id: personId, service })
      .whereNotIn('state', working)
      .update({ state: complaint.state, observed_at: this.db.fn.now() });
  }

  async find(
    personId: string,
    service: ServiceId,
  ): Promise<Account | undefined> {
    const row = await this.db<AccountRow>('accounts')
      .where({ person_id: personId, service })
      .first(...COLUMNS)
      .options(prepared('account'));
    return row && toAccount(row);
  }

  async listOf(personId: string): Promise<Account[]> {
    const rows = await this.db<AccountRow>('accounts')
      .where({ person_id: personId })
      .orderBy('service');
    return rows.map(toAccount);
  }

  /** Who has some accounts on record that were not removed. */
  async ownersOf(
    service: ServiceId,
    externalIds: string[],
  ): Promise<{ personId: string; externalId: string }[]> {
    const rows = await this.db<AccountRow>('accounts')
      .where({ service })
      .whereIn('external_id', externalIds)
      .whereNot({ state: 'removed' })
      .orderBy('person_id')
      .select('person_id', 'external_id');
    return rows.map(row => ({
      personId: row.person_id,
      externalId: row.external_id!,
    }));
  }

  /** Accounts of several persons, by the id of each. */
  async listOfAll(personIds: string[]): Promise<Map<string, Account[]>> {
    const rows = await this.db<AccountRow>('accounts')
      .whereIn('person_id', personIds)
      .orderBy('service');
    const byPerson = new Map<string, Account[]>();
    for (const row of rows) {
      const accounts = byPerson.get(row.person_id) ?? [];
      byPerson.set(row.person_id, [...accounts, toAccount(row)]);
    }
    return byPerson;
  }
}
