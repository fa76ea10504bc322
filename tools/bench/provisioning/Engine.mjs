import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { EngineDatabase } from '../../chaos/database.mjs';
import { Problem } from '../../launch/problem.mjs';

const SETTLE_LIMIT_MS = 900_000;

/** The backend under test, as those see it who send it webhooks and look at its machine. */
export class Engine {
  #replica;
  #secret;
  #database;

  /**
   * @param replica - the process
   * @param credentials - the sandbox's
   */
  constructor(replica, { services, postgres }) {
    this.#replica = replica;
    this.#secret = services.keycloak.webhookSecret;
    this.#database = new EngineDatabase(postgres);
  }

  get url() {
    return this.#replica.url;
  }

  close() {
    return this.#database.close();
  }

  /** What Keycloak sends when somebody has signed up, signed as Keycloak signs: options of `fetch`. */
  signUp({ subject }) {
    const body = JSON.stringify({
      uid: randomUUID(),
      type: 'access.REGISTER',
      userId: subject,
    });
    return {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Keycloak-Signature': createHmac('sha256', this.#secret)
          .update(body)
          .digest('hex'),
      },
      body,
    };
  }

  /** Address of the webhook. */
  get webhook() {
    return `${this.url}/api/provisioning/webhooks/keycloak`;
  }

  /** Tells of a sign-up. */
  async tell(person) {
    const response = await fetch(this.webhook, this.signUp(person));
    const text = await response.text();
    if (!response.ok) {
      throw new Problem(
        `The webhook was answered with ${response.status}: ${text}`,
      );
    }
  }

  /**
   * Waits until nothing is left to be done.
   *
   * @returns when the last run ended, in milliseconds since the epoch
   */
  async settled({ pollMs = 200 } = {}) {
    const deadline = Date.now() + SETTLE_LIMIT_MS;
    for (;;) {
      const [{ left, ended }] = await this.#database.rows(`
        select
          (select count(*) from webhook_deliveries where state = 'stored')
          + (select count(*) from runs where state = 'running') as left,
          (select extract(epoch from max(finished_at)) * 1000 from runs) as ended`);
      if (Number(left) === 0) return Number(ended);
      if (Date.now() > deadline) {
        throw new Problem(
          `The engine is not done after ${SETTLE_LIMIT_MS / 1000} s.`,
        );
      }
      await delay(pollMs);
    }
  }

  /** How many runs have succeeded and how many have not. */
  async runs() {
    const [row] = await this.#database.rows(`
      select
        count(*) filter (where state = 'succeeded')::int as succeeded,
        count(*) filter (where state <> 'succeeded')::int as others
      from runs`);
    return row;
  }

  /** Transactions of the engine's database since it was made. */
  async transactions() {
    const [{ count }] = await this.#database.rows(`
      select xact_commit as count from pg_stat_database
      where datname = current_database()`);
    return Number(count);
  }

  /** Resident memory of the process, in megabytes. */
  residentMegabytes() {
    const status = readFileSync(`/proc/${this.#replica.pid}/status`, 'utf8');
    return Number(status.match(/^VmRSS:\s+(\d+) kB$/m)[1]) / 1024;
  }

  /** Time that processors have spent on the process so far, in milliseconds. */
  processorMs() {
    const stat = readFileSync(`/proc/${this.#replica.pid}/stat`, 'utf8');
    // Behind the name, which may hold spaces: user and system time are fields 14 and 15, in ticks of 10 ms (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }
}
