import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { WORKER_SCHEMA } from '../database/JobStore';

/** How often a process says that it lives, and when it counts as dead. */
export interface LivenessTimes {
  heartbeatMs: number;
  deadAfterMs: number;
}

/**
 * Frees the jobs of processes that died with them.
 *
 * graphile-worker frees a dead worker's jobs after four hours only
 * (`sql/resetLockedAt` of graphile-worker). Here every process writes that it
 * lives, and whoever sees that another has stopped doing so frees its jobs.
 */
export class WorkerLiveness {
  private timer?: NodeJS.Timeout;
  private readonly pools = new Set<string>();
  /** Pools that broke and left jobs which are not freed yet. */
  private readonly broken = new Set<string>();
  private beating: Promise<void> = Promise.resolve();

  constructor(
    private readonly knex: Knex,
    private readonly logger: LoggerService,
    private readonly processId: string,
    private readonly times: LivenessTimes,
  ) {}

  /** Begins to say that this process lives. */
  async start(): Promise<void> {
    await this.beat();
    this.timer = setInterval(() => {
      this.beat().catch(error =>
        this.logger.warn('Could not write the heartbeat of the queue', error),
      );
    }, this.times.heartbeatMs);
  }

  /** Tells of a worker pool before it takes its first job. */
  async join(pool: string): Promise<void> {
    this.pools.add(pool);
    await this.beat();
  }

  /**
   * Frees what a pool of this process left behind when it broke; with the next
   * heartbeats, when the database that broke it is still away.
   */
  async leave(pool: string): Promise<void> {
    this.pools.delete(pool);
    this.broken.add(pool);
    await this.freeBroken();
  }

  /** Takes leave, so that nobody waits for this process. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.beating;
    await this.unlock(this.knex, [...this.pools, ...this.broken]);
    await this.knex('queue_processes').where({ id: this.processId }).delete();
  }

  /** One after the other: a list of pools that is older must not overwrite one that is newer. */
  private beat(): Promise<void> {
    const beat = this.beating.then(() => this.writeAndFree());
    // Whoever asked for the beat hears of its failure; the next one goes on.
    this.beating = beat.catch(() => undefined);
    return beat;
  }

  private async writeAndFree(): Promise<void> {
    await this.knex('queue_processes')
      .insert({
        id: this.processId,
        worker_pools: JSON.stringify([...this.pools, ...this.broken]),
        seen_at: this.knex.fn.now(),
      })
      .onConflict('id')
      .merge();
    await this.freeBroken();
    await this.knex.transaction(async tx => {
      const dead: Array<{ id: string; worker_pools: string[] }> = await tx(
        'queue_processes',
      )
        .whereRaw(`seen_at < now() - ? * interval '1 millisecond'`, [
          this.times.deadAfterMs,
        ])
        .delete()
        .returning(['id', 'worker_pools']);
      if (dead.length > 0) {
        this.logger.warn(
          `${dead.length} process(es) died while at work; their jobs go on here`,
        );
      }
      const pools = [
        ...dead.flatMap(row => row.worker_pools),
        ...(await this.unknownPools(tx)),
      ];
      if (pools.length > 0) await this.unlock(tx, pools);
    });
  }

  /** Pools of processes that died before they could tell of them. */
  private async unknownPools(tx: Knex): Promise<string[]> {
    const rows: Array<{ locked_by: string }> = await tx(`${WORKER_SCHEMA}.jobs`)
      .distinct('locked_by')
      .whereRaw(`locked_at < now() - ? * interval '1 millisecond'`, [
        this.times.deadAfterMs,
      ])
      .whereRaw(
        `not exists (select 1 from queue_processes where worker_pools @> to_jsonb(locked_by))`,
      );
    return rows.map(row => row.locked_by);
  }

  private async freeBroken(): Promise<void> {
    const pools = [...this.broken];
    if (pools.length === 0) return;
    await this.unlock(this.knex, pools);
    for (const pool of pools) this.broken.delete(pool);
  }

  private async unlock(db: Knex, pools: string[]): Promise<void> {
    await db.raw(`select ${WORKER_SCHEMA}.force_unlock_workers(?::text[])`, [
      pools,
    ]);
  }
}
