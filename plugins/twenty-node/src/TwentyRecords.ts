import { z } from 'zod';
import { TwentyCalls } from './TwentyCalls';
import { TwentyCallOptions } from './types';

/** Records in one batch: what Twenty's documentation allows; servers take up to 200. */
const BATCH = 60;

/** Records of one look-up: each may be two, one by its id and another by its unique field, and a page holds 60. */
const LOOKUP_BATCH = 30;

/** Objects, by name: their types, operations, and the unique field by which Twenty knows a record that has no id. */
const OBJECTS = {
  person: {
    type: 'Person',
    list: 'people',
    createMany: 'createPeople',
    unique: {
      selection: 'emails { primaryEmail }',
      filter: (values: string[]) => ({
        emails: { primaryEmail: { in: values } },
      }),
    },
  },
  company: {
    type: 'Company',
    list: 'companies',
    createMany: 'createCompanies',
    unique: {
      selection: 'domainName { primaryLinkUrl }',
      filter: (values: string[]) => ({
        domainName: { primaryLinkUrl: { in: values } },
      }),
    },
  },
  opportunity: {
    type: 'Opportunity',
    list: 'opportunities',
    createMany: 'createOpportunities',
    unique: undefined,
  },
} as const;

/**
 * A kind of record.
 *
 * @public
 */
export type TwentyObject = keyof typeof OBJECTS;

/**
 * A record that is there, with what tells it from others.
 *
 * @public
 */
export interface TwentyRecordKey {
  id: string;
  /** E-mail of a person or link of a company, as Twenty keeps it. */
  unique?: string;
  /** Whether it is soft-deleted: hidden, and still in the way of others with its unique value. */
  deleted: boolean;
}

const uniqueSchema = z.object({
  emails: z.object({ primaryEmail: z.string().nullish() }).nullish(),
  domainName: z.object({ primaryLinkUrl: z.string().nullish() }).nullish(),
});

const edgesSchema = z.object({
  edges: z.array(z.object({ node: uniqueSchema.extend({ id: z.string() }) })),
});

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
      this.uniqueOf(object, record) !== undefined
    );
  }

  /** The value of a record's unique field, as Twenty keeps it. */
  uniqueOf(
    object: TwentyObject,
    record: Record<string, unknown>,
  ): string | undefined {
    const given = uniqueSchema.safeParse(record).data;
    const value =
      object === 'person'
        ? given?.emails?.primaryEmail?.toLowerCase()
        : object === 'company' && given?.domainName?.primaryLinkUrl;
    return value ? tidy(value) : undefined;
  }

  /** The records that are there already with the id or the unique value of a given one, soft-deleted ones too. */
  async existing(
    object: TwentyObject,
    records: Array<Record<string, unknown>>,
    options?: TwentyCallOptions,
  ): Promise<TwentyRecordKey[]> {
    const { list, type, unique } = OBJECTS[object];
    const found: TwentyRecordKey[] = [];
    for (let start = 0; start < records.length; start += LOOKUP_BATCH) {
      const batch = records.slice(start, start + LOOKUP_BATCH);
      const ids = batch.flatMap(({ id }) =>
        typeof id === 'string' ? [id] : [],
      );
      const values = batch.flatMap(
        record => this.uniqueOf(object, record) ?? [],
      );
      const anyOf = [
        ...(ids.length > 0 ? [{ id: { in: ids } }] : []),
        ...(unique && values.length > 0 ? [unique.filter(values)] : []),
      ];
      if (anyOf.length === 0) continue;
      const selection = `edges { node { id ${unique?.selection ?? ''} } }`;
      const { live, deleted } = await this.calls.run({
        document: `query Known${type}($live: ${type}FilterInput, $deleted: ${type}FilterInput) {
          live: ${list}(filter: $live, first: 60) { ${selection} }
          deleted: ${list}(filter: $deleted, first: 60) { ${selection} }
        }`,
        variables: {
          live: { or: anyOf },
          deleted: { and: [{ or: anyOf }, { deletedAt: { is: 'NOT_NULL' } }] },
        },
        expect: z.object({ live: edgesSchema, deleted: edgesSchema }),
        action: `look up records of the kind ${object}`,
        ...options,
      });
      const keyOf =
        (isDeleted: boolean) =>
        ({ node }: z.infer<typeof edgesSchema>['edges'][number]) => ({
          id: node.id,
          unique: this.uniqueOf(object, node),
          deleted: isDeleted,
        });
      found.push(...live.edges.map(keyOf(false)));
      found.push(...deleted.edges.map(keyOf(true)));
    }
    return found;
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
    return this.write('Upsert', object, records, options);
  }

  /**
   * Makes records and changes none. Each batch of 60 is made as a whole or not at all.
   *
   * @returns their ids, in no particular order
   * @throws ServiceError of kind `conflict` when an id or a unique value is taken
   */
  async create(
    object: TwentyObject,
    records: Array<Record<string, unknown>>,
    options?: TwentyCallOptions,
  ): Promise<string[]> {
    return this.write('Create', object, records, options);
  }

  /** Soft-deletes a record: an admin of the workspace can bring it back. @throws ServiceError of kind `not-found` */
  async delete(
    object: TwentyObject,
    id: string,
    options?: TwentyCallOptions,
  ): Promise<void> {
    const { type } = OBJECTS[object];
    await this.calls.run({
      document: `mutation Delete${type}($id: UUID!) { delete${type}(id: $id) { id } }`,
      variables: { id },
      expect: z.unknown(),
      action: `delete the ${object} ${id}`,
      ...options,
    });
  }

  private async write(
    kind: 'Upsert' | 'Create',
    object: TwentyObject,
    records: Array<Record<string, unknown>>,
    options?: TwentyCallOptions,
  ): Promise<string[]> {
    const { type, createMany } = OBJECTS[object];
    const isUpsert = kind === 'Upsert';
    const ids: string[] = [];
    for (let start = 0; start < records.length; start += BATCH) {
      const batch = records.slice(start, start + BATCH);
      const { upserted } = await this.calls.run({
        document: `mutation ${kind}Many${type}($data: [${type}CreateInput!]!) {
          upserted: ${createMany}(data: $data, upsert: ${isUpsert}) { id }
        }`,
        variables: { data: batch },
        expect: z.object({ upserted: z.array(z.object({ id: z.string() })) }),
        action: `create ${isUpsert ? 'or update ' : ''}${
          batch.length
        } records of the kind ${object}`,
        repeatable:
          isUpsert && batch.every(record => this.isKnown(object, record)),
        ...options,
      });
      ids.push(...upserted.map(({ id }) => id));
    }
    return ids;
  }
}

/** A link as Twenty keeps it: host in lower case, no slash at the end (`transform-links-value.util.ts`). Other values are as they were. */
function tidy(value: string): string {
  if (!/^https?:/i.test(value) || !URL.canParse(value)) return value;
  const { origin, pathname, search, hash } = new URL(value);
  return `${origin}${pathname}${search}${hash}`.replace(/\/$/, '');
}
