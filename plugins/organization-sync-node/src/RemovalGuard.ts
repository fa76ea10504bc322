import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { ModuleNames } from './ModuleNames';
import { Removals, removalsOf } from './Removals';
import { StopStore } from './StopStore';
import { AppliedEntity, SyncStore } from './SyncStore';

/**
 * How much one sync may remove.
 *
 * @public
 */
export interface RemovalLimits {
  /** Percent of the people, and of the groups, in the catalog. */
  maxPercent: number;
  /** So many of each are always allowed. */
  minimum: number;
}

/** Stops a sync that would remove more than it may, until an administrator lets it through. */
export class RemovalGuard {
  constructor(
    private readonly options: {
      /** Name of the provider's config. */
      id: string;
      names: ModuleNames;
      limits: RemovalLimits;
      /** Refs of who is notified. */
      notify: string[];
      stops: StopStore;
      auditor: AuditorService;
      notifications: NotificationService;
      logger: LoggerService;
    },
  ) {}

  /** Whether a sync may remove what it has not met. */
  async admits(missing: AppliedEntity[], store: SyncStore): Promise<boolean> {
    const { id, stops, logger } = this.options;
    const refs = missing.map(({ ref }) => ref);
    const removals = removalsOf(refs);
    const isLarge =
      (await this.isTooMany(removals.users, 'User', store)) ||
      (await this.isTooMany(removals.groups, 'Group', store));
    if (!isLarge) {
      await stops.clear(id);
      return true;
    }
    const before = await stops.get(id);
    if (before?.digest !== removals.digest) {
      await stops.stop(id, refs);
      await this.announce(removals);
      return false;
    }
    if (before.approvedBy) {
      logger.warn(
        `${
          before.approvedBy
        } let the sync of ${id} through: it removes ${inWords(removals)}`,
      );
      return true;
    }
    logger.error(this.explain(removals));
    return false;
  }

  private async isTooMany(
    count: number,
    kind: 'User' | 'Group',
    store: SyncStore,
  ): Promise<boolean> {
    const { maxPercent, minimum } = this.options.limits;
    if (count <= minimum) return false;
    return count > ((await store.countApplied(kind)) * maxPercent) / 100;
  }

  private explain(removals: Removals): string {
    const { id, names } = this.options;
    return `The sync of ${
      names.configKey
    }.${id} stopped: it would remove ${inWords(
      removals,
    )} from the catalog, more than its "removals" allows. Nothing was changed. If they are really gone from ${
      names.title
    }, let it through once with POST /api/catalog/${
      names.moduleId
    }/${id}/approve and the digest ${removals.digest}; GET /api/catalog/${
      names.moduleId
    }/stops tells who would go. If they are to stay, say so with POST …/${id}/keep and the same digest; whole syncs go on without them then`;
  }

  private async announce(removals: Removals): Promise<void> {
    const { id, names, auditor, notifications, notify, logger } = this.options;
    const message = this.explain(removals);
    logger.error(message);
    const audit = await auditor.createEvent({
      eventId: `${names.moduleId}-sync`,
      severityLevel: 'high',
      meta: { provider: id, ...removals },
    });
    await audit.fail({ error: new Error(message) });
    if (notify.length === 0) return;
    try {
      await notifications.send({
        recipients: { type: 'entity', entityRef: notify },
        payload: {
          title: `The organisation sync of ${id} waits for you`,
          description: `It would remove ${inWords(
            removals,
          )}. See who, and decide`,
          link: '/provisioning/organisation',
          severity: 'critical',
          topic: 'organisation-sync',
          scope: `${names.moduleId}:${id}`,
        },
      });
    } catch (error) {
      // The log and the audit have it already, and the catalog is as it was.
      logger.warn(`Nobody could be notified of the stopped sync: ${error}`);
    }
  }
}

function inWords({ users, groups }: Removals): string {
  return `${users} people and ${groups} groups`;
}
