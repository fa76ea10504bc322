import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { ProvisioningDatabase } from '../database/ProvisioningDatabase';
import { QueueTask } from '../queue/JobQueue';
import {
  addAnnouncementJob,
  ANNOUNCEMENT_TASK,
  announcementPayloadSchema,
} from './announcementJobs';
import { announcementOf } from './announcementOf';

/** Tries of a notification while they cannot be sent: about ten minutes. */
const ATTEMPTS = 10;
const FIRST_DELAY_MS = 1_000;

/** Tells people through Backstage's notifications what came of runs. */
export class Announcer {
  constructor(
    private readonly options: {
      database: ProvisioningDatabase;
      notifications: NotificationService;
      /** Refs of the users and groups who hear of failures. */
      admins: string[];
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
    const { runId, attempt } = announcementPayloadSchema.parse(payload);
    const { database, notifications, admins, logger } = this.options;
    const run = await database.runs.find(runId);
    const personId = await database.runs.findPersonOf(runId);
    if (!run || !personId) return;
    const { person } = await database.persons.get(personId);
    const announcement = announcementOf(run, person.displayName, admins);
    if (!announcement) return;
    try {
      await notifications.send(announcement);
    } catch (error) {
      const details =
        error instanceof Error ? error : { reason: String(error) };
      if (attempt >= ATTEMPTS) {
        logger.warn(
          `Nobody was notified of run ${runId}: "${announcement.payload.title}"`,
          details,
        );
        return;
      }
      logger.debug(`Run ${runId} cannot be announced yet`, details);
      await addAnnouncementJob(
        database.jobs,
        { runId, attempt: attempt + 1 },
        FIRST_DELAY_MS * 2 ** (attempt - 1),
      );
    }
  }
}
