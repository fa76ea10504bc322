import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { Run, ServiceId } from '@formulary/plugin-provisioning-common';
import { ProvisioningDatabase } from '../database/ProvisioningDatabase';
import { QueueTask } from '../queue/JobQueue';
import {
  addAnnouncementJob,
  type AnnouncementJob,
  ANNOUNCEMENT_TASK,
  announcementPayloadSchema,
} from './announcementJobs';
import { announcementOf, failedIn, MOST_ALIKE } from './announcementOf';
import { driftAnnouncement } from './driftAnnouncement';

/** Tries of a notification while they cannot be sent: about ten minutes. */
const ATTEMPTS = 10;
const FIRST_DELAY_MS = 1_000;

/** Tells people through Backstage's notifications what came of runs, and administrators what was found. */
export class Announcer {
  private failures: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: {
      database: ProvisioningDatabase;
      notifications: NotificationService;
      /** Refs of the users and groups who hear of failures. */
      admins: string[];
      /** What people call a service. */
      titleOf(service: ServiceId): string;
      logger: LoggerService;
    },
  ) {}

  /** The work of the queue that this is. */
  task(): QueueTask {
    return {
      task: ANNOUNCEMENT_TASK,
      concurrency: 2,
      handle: payload => this.handle(payload),
    };
  }

  private async handle(payload: unknown): Promise<void> {
    const job = announcementPayloadSchema.parse(payload);
    const run =
      'runId' in job
        ? await this.options.database.runs.find(job.runId)
        : undefined;
    if (run?.state !== 'failed') return this.announce(job, run);
    // Failures replace each other's notification; two at once would both find none to replace.
    const told = this.failures.then(() => this.announce(job, run));
    this.failures = told.catch(() => undefined);
    return told;
  }

  private async announce(job: AnnouncementJob, run?: Run): Promise<void> {
    const { database, notifications, logger } = this.options;
    const announcement =
      'runId' in job
        ? run && (await this.ofRun(run))
        : await this.ofReconciliation(job.reconciliationId);
    if (!announcement) return;
    try {
      await notifications.send(announcement);
    } catch (error) {
      const details =
        error instanceof Error ? error : { reason: String(error) };
      const { title } = announcement.payload;
      if (job.attempt >= ATTEMPTS) {
        logger.warn(`Nobody was notified: "${title}"`, {
          ...job,
          cause: String(error),
        });
        return;
      }
      logger.debug(`Nobody can be notified yet: "${title}"`, details);
      await addAnnouncementJob(
        database.jobs,
        { ...job, attempt: job.attempt + 1 },
        FIRST_DELAY_MS * 2 ** (job.attempt - 1),
      );
    }
  }

  private async ofRun(run: Run) {
    const { database, admins, titleOf } = this.options;
    const personId = await database.runs.findPersonOf(run.id);
    if (!personId) return undefined;
    const { person } = await database.persons.get(personId);
    const failed = run.state === 'failed' ? failedIn(run) : [];
    const alike =
      failed.length === 0
        ? 1
        : await database.runs.countFailedIn(failed, MOST_ALIKE + 1);
    return announcementOf(run, person.displayName, admins, titleOf, alike);
  }

  private async ofReconciliation(id: string) {
    const { database, admins, titleOf } = this.options;
    const [reconciliation, news] = await Promise.all([
      database.reconciliations.find(id),
      database.drifts.countNew(id),
    ]);
    return (
      reconciliation && driftAnnouncement(reconciliation, news, admins, titleOf)
    );
  }
}
