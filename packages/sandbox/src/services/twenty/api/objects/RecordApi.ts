import { randomUUID } from 'node:crypto';
import { Collection, UniqueViolation } from '../../../../core/store';
import { RecordRow } from '../../model';
import { connection, ConnectionArguments } from '../connection';
import { badInput, duplicate, recordNotFound } from '../errors';
import { Filter, satisfies } from '../filter';
import { QUERY_MAX_RECORDS } from '../limits';

/** Input of a create or an update, in the API's names. */
export type Data = Record<string, unknown>;

/** One object of the workspace and what is particular to it. */
export interface ObjectDefinition<T extends RecordRow> {
  /** `nameSingular`, such as `person`. */
  single: string;
  /** `namePlural`, such as `people`. */
  plural: string;
  /** Fields that may be written. */
  fields: string[];
  rows: Collection<T>;
  /** The field with a unique constraint: its label, and the record that has an input's value. */
  unique?: { label: string; holder(data: Data): T | undefined };
  /** A record from the input of a create or update, over what was there. */
  build(data: Data, before?: T): Omit<T, keyof RecordRow>;
}

/** The operations on one object, behind both the GraphQL and the REST API. */
export class RecordApi<T extends RecordRow> {
  constructor(
    readonly definition: ObjectDefinition<T>,
    /** Called before every operation. @throws GraphQLError when it is one too many */
    private readonly limit: () => void,
  ) {}

  /** The first record that satisfies a filter (`common-find-one-query-runner.service.ts`). */
  findOne(filter: Filter = {}): T {
    this.limit();
    if (Object.keys(filter).length === 0) {
      throw badInput('Missing filter argument', {
        subCode: 'INVALID_QUERY_INPUT',
      });
    }
    const found = this.rows.find(
      row => !row.deletedAt && satisfies(row, filter),
    );
    if (!found) throw recordNotFound();
    return found;
  }

  findMany(input: ConnectionArguments) {
    this.limit();
    return connection(this.rows, input);
  }

  /**
   * Makes records, all or none. With `upsert`, what is there already by id or
   * unique field is changed instead, and brought back when it was soft-deleted
   * (`common-create-many-query-runner.service.ts`).
   */
  create(inputs: Data[], upsert: boolean): T[] {
    this.limit();
    if (inputs.length > QUERY_MAX_RECORDS) {
      throw badInput(
        `Maximum number of records to upsert is ${QUERY_MAX_RECORDS}.`,
        { subCode: 'TOO_MANY_RECORDS_TO_UPDATE' },
      );
    }
    const { rows } = this.definition;
    const undo: Array<() => void> = [];
    try {
      return inputs.map(data => {
        const known = upsert ? this.matching(data) : undefined;
        const row = known
          ? this.save(data, { ...known, deletedAt: undefined })
          : this.insert(data);
        undo.unshift(() => {
          if (known) rows.put(known);
          else rows.delete(row.id);
        });
        return row;
      });
    } catch (error) {
      for (const step of undo) step();
      throw error;
    }
  }

  update(id: string, data: Data): T {
    this.limit();
    return this.save(data, this.existing(id, false));
  }

  /** Soft-deletes: the record is hidden and keeps its unique values. */
  delete(id: string): T {
    this.limit();
    return this.definition.rows.put({
      ...this.existing(id, false),
      deletedAt: new Date().toISOString(),
    });
  }

  restore(id: string): T {
    this.limit();
    return this.definition.rows.put({
      ...this.existing(id, true),
      deletedAt: undefined,
    });
  }

  destroy(id: string): T {
    this.limit();
    const row = this.definition.rows.get(id);
    if (!row) throw recordNotFound();
    this.definition.rows.delete(id);
    return row;
  }

  private get rows(): T[] {
    return this.definition.rows.all();
  }

  private existing(id: string, deleted: boolean): T {
    const row = this.definition.rows.get(id);
    if (!row || Boolean(row.deletedAt) !== deleted) throw recordNotFound();
    return row;
  }

  /** The record that an upsert means (`get-matching-record-id.util.ts`). */
  private matching(data: Data): T | undefined {
    const { rows, unique } = this.definition;
    const byId = data.id ? rows.get(String(data.id)) : undefined;
    const byField = unique?.holder(data);
    if (byId && byField && byId.id !== byField.id) {
      throw badInput(
        `Multiple records found with the same unique field values for id (id: ${byId.id}). Cannot determine which record to update.`,
        { subCode: 'UPSERT_MULTIPLE_MATCHING_RECORDS_CONFLICT' },
      );
    }
    return byId ?? byField;
  }

  private insert(data: Data): T {
    const { single, rows } = this.definition;
    const holder = data.id ? rows.get(String(data.id)) : undefined;
    if (holder) {
      throw duplicate(
        single,
        holder.deletedAt ? undefined : { id: holder.id, label: 'Id' },
      );
    }
    return this.save(data);
  }

  private save(data: Data, before?: T): T {
    const { single, fields, rows, unique, build } = this.definition;
    const now = new Date().toISOString();
    for (const key of Object.keys(data)) {
      if (key !== 'id' && !fields.includes(key)) {
        throw badInput(`Object ${single} doesn't have any "${key}" field.`, {
          subCode: 'INVALID_ARGS_DATA',
        });
      }
    }
    const row = {
      createdAt: now,
      ...before,
      id: String(before?.id ?? data.id ?? randomUUID()),
      updatedAt: now,
      ...build(data, before),
    } as T;
    try {
      return rows.put(row);
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      const { existingId: id } = error;
      throw duplicate(
        single,
        rows.get(id)?.deletedAt ? undefined : { id, label: unique!.label },
      );
    }
  }
}
