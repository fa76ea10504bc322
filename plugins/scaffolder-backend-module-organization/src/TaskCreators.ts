import { DatabaseService } from '@backstage/backend-plugin-api';
import { ORGANIZATION_ANNOTATION } from '@formulary/plugin-organization-sync-node';

/**
 * PostgreSQL reads no JSON with these escapes, which anybody may put into a form; a
 * blank of the same length keeps it JSON, also after an escaped backslash.
 */
const READABLE = String.raw`regexp_replace(spec, '\\u(0000|d[89a-f][0-9a-f]{2})', '\\u0020', 'g')::json`;

/** Rows that are written while others are read may carry an earlier time. */
const OVERLAP_MS = 60_000;

interface Row {
  created_by: string;
  organization: string | null;
  last: Date;
}

/**
 * Who has started tasks, and of which organisation they were then, as the
 * scaffolder's table `tasks` tells (plugin-scaffolder-backend, migrations). What
 * was read is kept: each question reads the newer tasks only.
 */
export class TaskCreators {
  readonly #organizations = new Map<string, Set<string>>();
  #readUpTo = new Date(0);

  constructor(private readonly database: Pick<DatabaseService, 'getClient'>) {}

  /**
   * Refs of those who started all their tasks as people of one of these
   * organisations. Whoever has tasks of another one is left out: all tasks of a
   * person are told by one condition, so it would tell the other's, too.
   *
   * @param organizations - refs in lower case
   */
  async of(organizations: string[]): Promise<string[]> {
    await this.readNewer();
    return [...this.#organizations]
      .filter(
        ([, known]) =>
          known.size > 0 &&
          [...known].every(ref => organizations.includes(ref)),
      )
      .map(([creator]) => creator);
  }

  private async readNewer(): Promise<void> {
    const client = await this.database.getClient();
    const path = ['user', 'entity', 'metadata', 'annotations'];
    const rows: Row[] = await client('tasks')
      .whereNotNull('created_by')
      .where('created_at', '>', new Date(+this.#readUpTo - OVERLAP_MS))
      .groupBy('created_by', 'organization')
      .select(
        'created_by',
        client.raw(
          `lower(json_extract_path_text(${READABLE}, ?, ?, ?, ?, ?)) as organization`,
          [...path, ORGANIZATION_ANNOTATION],
        ),
      )
      .max('created_at as last');
    for (const { created_by: creator, organization, last } of rows) {
      const known = this.#organizations.get(creator) ?? new Set();
      this.#organizations.set(creator, known);
      // Nothing says whose somebody was before the catalog knew them.
      if (organization) known.add(organization);
      if (last > this.#readUpTo) this.#readUpTo = last;
    }
  }
}
