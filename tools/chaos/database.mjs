import { createRequire } from 'node:module';

const require = createRequire(
  new URL('../../plugins/provisioning-backend/package.json', import.meta.url),
);
const { Pool } = require('pg');

const DATABASE = 'backstage_plugin_provisioning';

/** Jobs for now. News of failures wait for minutes; one that was replaced while it was worked on has used up its attempts. */
const DUE = `attempts < max_attempts and (locked_at is not null or run_at <= now())`;

/** A look into the engine's own tables, for what no API shows. */
export class EngineDatabase {
  #pool;

  /** @param postgres - how to connect, from the sandbox's credentials */
  constructor(postgres) {
    this.#pool = new Pool({ ...postgres, database: DATABASE, max: 1 });
    // A restart of PostgreSQL breaks it; the next query connects again.
    this.#pool.on('error', () => {});
  }

  async rows(sql) {
    return (await this.#pool.query(sql)).rows;
  }

  close() {
    return this.#pool.end();
  }

  /** What is still to be done: jobs that are due, and runs, steps and deliveries that have not ended. */
  async unfinished() {
    const [row] = await this.rows(`
      select
        (select count(*)::int from provisioning_worker.jobs
          where ${DUE}) as jobs,
        (select count(*)::int from runs where state = 'running') as runs,
        (select count(*)::int from steps
          where state in ('pending', 'running', 'waiting')) as steps,
        (select count(*)::int from webhook_deliveries
          where state = 'stored') as deliveries`);
    return row;
  }

  /** The jobs that are left, for a person who wants to know why. */
  jobs() {
    return this.rows(`
      select key, attempts, locked_by, last_error,
        round(extract(epoch from run_at - now())) as due_in_seconds,
        round(extract(epoch from now() - locked_at)) as locked_for_seconds
      from provisioning_worker.jobs where ${DUE} limit 30`);
  }

  /** Each person's newest run by subject: `{ id, state, steps }`. */
  async latestRuns() {
    const rows = await this.rows(`
      select distinct on (persons.subject) persons.subject, runs.id, runs.state,
        (select count(*)::int from steps where run_id = runs.id) as steps
      from persons join runs on runs.person_id = persons.id
      order by persons.subject, runs.created_at desc`);
    return new Map(rows.map(row => [row.subject, row]));
  }

  /** Runs with their events and steps, oldest first. */
  runs() {
    return this.rows(`
      select runs.id, runs.state, runs.kind, persons.username,
        (select coalesce(json_agg(json_build_object(
            'type', type, 'service', service) order by id), '[]')
          from events where run_id = runs.id) as events,
        (select coalesce(json_agg(json_build_object(
            'service', service, 'state', state, 'attempts', attempts)), '[]')
          from steps where run_id = runs.id) as steps
      from runs join persons on persons.id = runs.person_id
      order by runs.created_at`);
  }

  /** How many rows there are in each state. */
  async states(table) {
    const rows = await this.rows(
      `select state, count(*)::int as count from ${table} group by state order by state`,
    );
    return rows.map(({ state, count }) => `${count} ${state}`).join(', ');
  }
}
