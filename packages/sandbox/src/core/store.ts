import { mkdirSync } from 'node:fs';
import { open, Database, RootDatabase } from 'lmdb';

/** A row of a collection: anything JSON-like with a stable id. */
export interface Row {
  id: string;
}

/** Thrown when a write would break a unique index. */
export class UniqueViolation extends Error {
  /**
   * @param index - name of the unique index
   * @param existingId - id of the row that holds the value already
   */
  constructor(readonly index: string, readonly existingId: string) {
    super(`unique index ${index} already has row ${existingId}`);
    this.name = 'UniqueViolation';
  }
}

/** How a collection derives the value of a unique index; `undefined` is not indexed. */
export type UniqueIndexes<T> = Record<string, (row: T) => string | undefined>;

/**
 * Rows of one kind, read from memory and written through to disk.
 *
 * Reads and writes are synchronous, so a handler that checks and then writes
 * can't be overtaken by another request.
 */
export class Collection<T extends Row> {
  private readonly rows = new Map<string, T>();
  private readonly indexes = new Map<string, Map<string, string>>();

  constructor(
    private readonly database: Database<T, string>,
    private readonly unique: UniqueIndexes<T>,
  ) {
    for (const name of Object.keys(unique)) this.indexes.set(name, new Map());
    for (const { value } of database.getRange()) this.index(value);
  }

  /** How many rows there are. */
  get size(): number {
    return this.rows.size;
  }

  /** The row of this id. Change it with `put`, never in place. */
  get(id: string): T | undefined {
    return this.rows.get(id);
  }

  /** The row that has this value in a unique index. */
  find(index: string, value: string): T | undefined {
    const ids = this.indexes.get(index);
    if (!ids) throw new Error(`no unique index called ${index}`);
    const id = ids.get(value);
    return id === undefined ? undefined : this.rows.get(id);
  }

  /** All rows, in the order in which they were first written. */
  all(): T[] {
    return [...this.rows.values()];
  }

  /** The rows that satisfy a condition. */
  filter(condition: (row: T) => boolean): T[] {
    return this.all().filter(condition);
  }

  /**
   * Writes a row, new or changed.
   *
   * @throws UniqueViolation when another row has one of its unique values; nothing is written then
   */
  put(row: T): T {
    for (const [name, valueOf] of Object.entries(this.unique)) {
      const value = valueOf(row);
      if (value === undefined) continue;
      const holder = this.indexes.get(name)!.get(value);
      if (holder !== undefined && holder !== row.id) {
        throw new UniqueViolation(name, holder);
      }
    }
    this.unindex(row.id);
    this.index(row);
    void this.database.put(row.id, row);
    return row;
  }

  /** Removes a row; false when there was none. */
  delete(id: string): boolean {
    if (!this.rows.has(id)) return false;
    this.unindex(id);
    this.rows.delete(id);
    void this.database.remove(id);
    return true;
  }

  private index(row: T) {
    this.rows.set(row.id, row);
    for (const [name, valueOf] of Object.entries(this.unique)) {
      const value = valueOf(row);
      if (value !== undefined) this.indexes.get(name)!.set(value, row.id);
    }
  }

  private unindex(id: string) {
    const old = this.rows.get(id);
    if (!old) return;
    for (const [name, valueOf] of Object.entries(this.unique)) {
      const value = valueOf(old);
      if (value !== undefined) this.indexes.get(name)!.delete(value);
    }
  }
}

/** The durable state of one stand-in. */
export class Store {
  private readonly root: RootDatabase;

  /** @param directory - folder of this stand-in's state; made when missing */
  constructor(readonly directory: string) {
    mkdirSync(directory, { recursive: true });
    this.root = open({ path: `${directory}/state`, maxDbs: 32 });
  }

  /**
   * Opens a collection.
   *
   * @param name - name on disk
   * @param unique - unique indexes, by name
   */
  collection<T extends Row>(
    name: string,
    unique: UniqueIndexes<T> = {},
  ): Collection<T> {
    return new Collection<T>(
      this.root.openDB<T, string>({ name, encoding: 'json' }),
      unique,
    );
  }

  /** The next number of a counter that survives restarts, from 1. */
  sequence(name: string): () => number {
    const database = this.root.openDB<number, string>({
      name: 'sequences',
      encoding: 'json',
    });
    let last = database.get(name) ?? 0;
    return () => {
      last += 1;
      void database.put(name, last);
      return last;
    };
  }

  /** Waits until everything is on disk, and closes. */
  async close(): Promise<void> {
    await this.root.flushed;
    await this.root.close();
  }
}
