import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import {
  Reconciliation,
  ServiceId,
} from '@formulary/plugin-provisioning-common';

/**
 * The notification of what a reconciliation found; undefined when nobody is to
 * be told, as there is nothing that the one before did not find.
 *
 * @param news - how much is new
 * @param admins - refs of the users and groups who hear of it
 * @param titleOf - what people call a service
 */
export function driftAnnouncement(
  { id, drifts, services }: Reconciliation,
  news: number,
  admins: string[],
  titleOf: (service: ServiceId) => string,
): NotificationSendOptions | undefined {
  if (news === 0 || admins.length === 0) return undefined;
  const all = drifts.reduce((sum, { count }) => sum + count, 0);
  const where = services
    .filter(({ message }) => message !== undefined)
    .map(({ service }) => titleOf(service));
  return {
    recipients: { type: 'entity', entityRef: admins },
    payload: {
      topic: 'accounts',
      scope: `provisioning:reconciliation:${id}`,
      title:
        news === 1
          ? '1 account is not what it should be'
          : `${news} accounts are not what they should be`,
      description: `${
        all > news ? `${all} in all, with those known before. ` : ''
      }${
        where.length > 0
          ? `${where.join(', ')} could not be read in full. `
          : ''
      }Nothing was changed: choose what is to be mended`,
      link: '/provisioning/drift',
      severity: 'normal',
    },
  };
}
