/** A record of the fake, with the fields that the tests look at. */
export interface FakeRecord {
  id: string;
  name?: unknown;
  emails?: { primaryEmail: string };
  domainName?: { primaryLinkUrl: string };
  stage?: string;
  companyId?: string | null;
  pointOfContactId?: string | null;
  deletedAt?: string | null;
  [field: string]: unknown;
}

/** What Twenty refuses in an answer of 200. */
export class Refusal extends Error {
  constructor(message: string, readonly code = 'BAD_USER_INPUT') {
    super(message);
  }
}

/** Records by object, with ids and unique values as Twenty has them. */
export class FakeRecords {
  private readonly rows = new Map<string, FakeRecord[]>();
  private made = 0;

  of(object: string): FakeRecord[] {
    const rows = this.rows.get(object) ?? [];
    this.rows.set(object, rows);
    return rows;
  }

  has(id: string): boolean {
    return [...this.rows.values()].flat().some(row => row.id === id);
  }

  add(object: string, fields: object): FakeRecord {
    const id = `0f0e4c1d-0000-4000-8000-${String(this.made).padStart(12, '0')}`;
    this.made += 1;
    const row: FakeRecord = { id, deletedAt: null, ...fields };
    this.of(object).push(row);
    return row;
  }

  /** The records that a filter of ids and unique values, however it is nested, means. */
  matching(object: string, filter: object, deleted: boolean): FakeRecord[] {
    const wanted = JSON.stringify(filter);
    return this.of(object).filter(
      row =>
        Boolean(row.deletedAt) === deleted &&
        [row.id, uniqueOf(row)].some(
          key => key && wanted.includes(JSON.stringify(key)),
        ),
    );
  }

  /** All or none, as one insert. */
  write(
    object: string,
    records: Array<Record<string, unknown>>,
    upsert: boolean,
  ): FakeRecord[] {
    const pairs = records.map(given => ({
      given,
      known: this.of(object).find(
        row =>
          row.id === given.id ||
          (uniqueOf(row) && uniqueOf(row) === uniqueOf(given)),
      ),
    }));
    if (!upsert && pairs.some(({ known }) => known)) {
      throw new Refusal('A duplicate entry was detected');
    }
    return pairs.map(({ given, known }) =>
      known
        ? Object.assign(known, given, { deletedAt: null })
        : this.add(object, given),
    );
  }

  setDeleted(object: string, id: string, deleted: boolean): FakeRecord {
    const row = this.of(object).find(one => one.id === id);
    if (!row || Boolean(row.deletedAt) === deleted) {
      throw new Refusal('Record not found', 'NOT_FOUND');
    }
    row.deletedAt = deleted ? '2026-01-01T00:00:00.000Z' : null;
    return row;
  }
}

function uniqueOf(row: Partial<FakeRecord>): string | undefined {
  return (
    row.emails?.primaryEmail?.toLowerCase() ||
    row.domainName?.primaryLinkUrl ||
    undefined
  );
}
