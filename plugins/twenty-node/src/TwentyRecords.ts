import { z } from 'zod';
import { TwentyCalls } from './TwentyCalls';
import { TwentyCallOptions } from './types';

/** Records in one batch: what Twenty's documentation allows; servers take up to 200. */
const BATCH = 60;

/** Objects, by name: their types, and the unique field by which an upsert knows a record that has no id. */
const OBJECTS = {
  person: {
    type: 'Person',
    mutation: 'createPeople',
    unique: z.object({ emails: z.object({ primaryEmail: z.string().min(1) }) }),
  },
  company: {
    type: 'Company',
    mutation: 'createCompanies',
    unique: z.object({
      domainName: z.object({ primaryLinkUrl: z.string().min(1) }),
    }),
  },
  opportunity: {
    type: 'Opportunity',
    mutation: 'createOpportunities',
    unique: z.never(),
  },
} as const;

/**
 * A kind of record.
 *
 * @public
 */
export type TwentyObject = keyof typeof OBJECTS;

/**
 * Many records of any kind, with the fields of the API, those that an admin
 * added included.
 *
 * @public
 */
export class TwentyRecords {
  constructor(private readonly calls: TwentyCalls) {}

  /** Whether an upsert of this record twice ends with one record: it has an id or the object's unique field. */
  isKnown(object: TwentyObject, record: Record<string, unknown>): boolean {
    return (
      typeof record.id === 'string' ||
      OBJECTS[object].unique.safeParse(record).success
    );
  }

  /**
   * Makes or updates records, matched by `id` or by a unique field, in batches
   * that the rate limit bears. Soft-deleted ones come back. A record that has
   * neither (see {@link TwentyRecords.isKnown}) is made anew by every call.
   *
   * @returns their ids, in no particular order
   */
  async upsert(
    object: TwentyObject,
    records: Array<Record<string, unknown>>,
    options?: TwentyCallOptions,
  ): Promise<string[]> {
    const { type, mutation } = OBJECTS[object];
    const ids: string[] = [];
    for (let start = 0; start < records.length; start += BATCH) {
      const batch = records.slice(start, start + BATCH);
      const { upserted } = await this.calls.run({
        document: `mutation Upsert${type}($data: [${type}CreateInput!]!) {
          upserted: ${mutation}(data: $data, upsert: true) { id }
        }`,
        variables: { data: batch },
        expect: z.object({ upserted: z.array(z.object({ id: z.string() })) }),
        action: `create or update ${batch.length} records of the kind ${object}`,
        repeatable: batch.every(record => this.isKnown(object, record)),
        ...options,
      });
      ids.push(...upserted.map(({ id }) => id));
    }
    return ids;
  }
}
