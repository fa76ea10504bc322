import { Entitlement, ServiceId } from '@formulary/plugin-provisioning-common';
import { Knex } from 'knex';

/** Something given as it is stored; as JSON, its time is a text. */
export interface EntitlementRow {
  person_id: string;
  service: string;
  kind: string;
  name: string;
  level: string | null;
  level_before: string | null;
  once: boolean;
  given_at: Date | string | null;
}

/** Something that a rule gave to somebody. */
export interface RecordedEntitlement extends Entitlement {
  /** The lower level that was there by hand before the rule raised it. */
  levelBefore?: string;
  /** Whether it was given; otherwise somebody set about it and it may be there or not. */
  given: boolean;
}

/** What a row says was given. */
export function toRecorded(row: EntitlementRow): RecordedEntitlement {
  return {
    kind: row.kind,
    name: row.name,
    level: row.level ?? undefined,
    ...(row.once ? { once: true } : {}),
    levelBefore: row.level_before ?? undefined,
    given: row.given_at !== null,
  };
}

/** What rules gave to people: the only thing that is ever taken back. */
export class EntitlementStore {
  constructor(private readonly db: Knex) {}

  /** What somebody was given in a service, in the order in which it was given. */
  async listIn(
    personId: string,
    service: ServiceId,
  ): Promise<RecordedEntitlement[]> {
    const rows = await this.db<EntitlementRow>('entitlements')
      .where({ person_id: personId, service })
      .orderBy('id');
    return rows.map(toRecorded);
  }

  /** Writes that something is about to be given. Without this it would not be known for ours after a crash. */
  async begin(
    personId: string,
    service: ServiceId,
    entitlement: Entitlement,
    levelBefore?: string,
  ): Promise<void> {
    const { kind, name, level, once } = entitlement;
    await this.db('entitlements')
      .insert({
        person_id: personId,
        service,
        kind,
        name,
        level: level ?? null,
        level_before: levelBefore ?? null,
        once: once ?? false,
      })
      .onConflict(['person_id', 'service', 'kind', 'name'])
      .ignore();
  }

  /** Writes that something is given now, at its level. */
  async finish(
    personId: string,
    service: ServiceId,
    { kind, name, level }: Entitlement,
  ): Promise<void> {
    await this.db('entitlements')
      .where({ person_id: personId, service, kind, name })
      .update({ level: level ?? null, given_at: this.db.fn.now() });
  }

  /** Forgets something that is not given any more. */
  async forget(
    personId: string,
    service: ServiceId,
    { kind, name }: Pick<Entitlement, 'kind' | 'name'>,
  ): Promise<void> {
    await this.db('entitlements')
      .where({ person_id: personId, service, kind, name })
      .delete();
  }
}
