import { CoderState, JobRow } from './model';
import { jobPlan } from './jobPlan';

/** A job that can't succeed, with what Coder stores as `job.error` and `job.error_code`. */
export class JobFailure extends Error {
  constructor(message: string, readonly code?: string) {
    super(message);
  }
}

/** Milliseconds between two lines of a job's log. */
const LINE_MS = { template_version_import: 100, workspace_build: 220 };
/** Milliseconds that the lines of one job take at most, however many there are. */
const JOB_MS = 3500;

/**
 * Runs provisioner jobs: a line of log at a time, so that whoever follows sees
 * them grow. Jobs under way go on after a restart.
 */
export class JobRunner {
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly state: CoderState,
    /** Does what the job is for; throws {@link JobFailure} when it can't. */
    private readonly finish: (job: JobRow) => Promise<void>,
  ) {}

  /** Takes up a new job. */
  enqueue(job: JobRow): void {
    this.state.jobs.put(job);
    this.schedule(job);
  }

  /** Takes up the jobs that were under way when the sandbox stopped. */
  resume(): void {
    for (const job of this.state.jobs.filter(isActive)) this.schedule(job);
  }

  /** Leaves everything as it is on disk. */
  stop(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private schedule(job: JobRow) {
    const lines = jobPlan(this.state, job).length;
    const timer = setTimeout(
      () => void this.step(job.id),
      Math.min(LINE_MS[job.type], JOB_MS / lines),
    );
    this.timers.set(job.id, timer);
  }

  private async step(id: string) {
    const job = this.state.must(this.state.jobs, id);
    if (!isActive(job)) return;
    const line = jobPlan(this.state, job)[job.done];
    if (line && !job.canceledAt) {
      const now = new Date().toISOString();
      this.schedule(
        this.state.jobs.put({
          ...job,
          status: 'running',
          startedAt: job.startedAt ?? now,
          done: job.done + 1,
          logs: [
            ...job.logs,
            { id: this.state.nextLogId(), created_at: now, ...line },
          ],
        }),
      );
      return;
    }
    this.timers.delete(id);
    this.state.jobs.put({ ...job, ...(await this.outcome(job)) });
  }

  private async outcome(job: JobRow): Promise<Partial<JobRow>> {
    const completedAt = new Date().toISOString();
    if (job.canceledAt) return { status: 'canceled', completedAt };
    try {
      await this.finish(job);
      return { status: 'succeeded', completedAt };
    } catch (error) {
      if (!(error instanceof JobFailure)) throw error;
      return {
        status: 'failed',
        completedAt,
        error: error.message,
        errorCode: error.code,
      };
    }
  }
}

/** Whether a job has not ended yet. */
export function isActive(job: JobRow): boolean {
  return job.status === 'pending' || job.status === 'running';
}
