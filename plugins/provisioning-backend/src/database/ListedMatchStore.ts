import { ServiceId } from '@formulary/plugin-provisioning-common';
import { Knex } from 'knex';
import { NewDrift } from './DriftStore';

/** An account in a list that matches somebody, and what is to be said of it if it is not the only one. */
export type ListedMatch = NewDrift &
  Required<Pick<NewDrift, 'personId' | 'account'>>;

interface MatchRow {
  reconciliation_id: string;
  service: string;
  account_id: string;
  person_id: string;
  drift: NewDrift;
}

/** Accounts in the list of a service that match people who have none on record there. */
export class ListedMatchStore {
  constructor(private readonly db: Knex) {}

  /** Keeps what a page showed; an account that was there before is no other one. */
  async add(reconciliationId: string, matches: ListedMatch[]): Promise<void> {
    if (matches.length === 0) return;
    await this.db<MatchRow>('listed_matches')
      .insert(
        matches.map(match => ({
          reconciliation_id: reconciliationId,
          service: match.service,
          account_id: match.account.externalId,
          person_id: match.personId,
          drift: this.db.raw('?::jsonb', [JSON.stringify(match)]),
        })),
      )
      .onConflict()
      .ignore();
  }

  /** What is to be said of accounts of some people, of those who have several so far. */
  async listSeveral(
    reconciliationId: string,
    service: ServiceId,
    personIds: string[],
  ): Promise<NewDrift[]> {
    const theirs = { reconciliation_id: reconciliationId, service };
    const rows = await this.db<MatchRow>('listed_matches')
      .where(theirs)
      .whereIn(
        'person_id',
        this.db<MatchRow>('listed_matches')
          .where(theirs)
          .whereIn('person_id', personIds)
          .groupBy('person_id')
          .havingRaw('count(*) > 1')
          .select('person_id'),
      )
      .orderBy('account_id');
    return rows.map(({ drift }) => drift);
  }

  /** Forgets what the list of a service showed. */
  async clear(reconciliationId: string, service: ServiceId): Promise<void> {
    await this.db<MatchRow>('listed_matches')
      .where({ reconciliation_id: reconciliationId, service })
      .delete();
  }
}
