import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { Run, RunKind, ServiceId } from '@formulary/plugin-provisioning-common';
import { STEP_VERB } from '../engine/stepWork';

const DONE: Partial<Record<RunKind, { title: string; description: string }>> = {
  onboard: {
    title: 'Your accounts are ready',
    description: 'Your tools are on the home page',
  },
  suspend: {
    title: 'Your accounts are suspended',
    description:
      'Nothing of yours was deleted. An administrator can restore them',
  },
  restore: {
    title: 'Your accounts are back',
    description: 'Your tools are on the home page',
  },
};

/** How many runs that failed are counted. */
export const MOST_ALIKE = 100;

/** The services in which a run failed. */
export function failedIn({ steps }: Run): ServiceId[] {
  return steps
    .filter(({ state }) => state === 'failed')
    .map(({ service }) => service);
}

/**
 * The notification of a run that has ended; undefined when nobody is to be told.
 * It holds no more about the person than their name.
 *
 * @param admins - refs of the users and groups who hear of failures
 * @param titleOf - what people call a service
 * @param alike - how many runs failed in the same services and were not tried again, this one included
 */
export function announcementOf(
  run: Run,
  displayName: string,
  admins: string[],
  titleOf: (service: ServiceId) => string,
  alike = 1,
): NotificationSendOptions | undefined {
  // Backstage keeps one notification for each recipient, origin and scope
  // (notifications-backend, getExistingScopeNotification): one sent twice is there once.
  const common = { topic: 'accounts', scope: `provisioning:run:${run.id}` };
  if (run.state === 'failed' && admins.length > 0) {
    const failed = failedIn(run);
    const where = failed.map(titleOf).join(', ');
    const what = `accounts of ${displayName} could not be ${
      STEP_VERB[run.kind]
    }`;
    return {
      recipients: { type: 'entity', entityRef: admins },
      payload: {
        topic: 'accounts',
        // A service that is away fails many runs: one notification says so, and how many.
        scope: where
          ? `provisioning:failed:${[...failed].sort().join(',')}`
          : common.scope,
        ...(alike > 1
          ? {
              title: `${
                alike > MOST_ALIKE ? `More than ${MOST_ALIKE}` : alike
              } runs failed in ${where}`,
              description: `Last, the ${what}. All of them can be retried at once`,
              link: '/provisioning/runs?state=failed',
            }
          : {
              title: `The ${what}`,
              description: `${
                where ? `It failed in ${where}` : 'Nothing was begun'
              }. The run says why, and can be retried`,
              link: `/provisioning/runs/${run.id}`,
            }),
        severity: 'high',
      },
    };
  }
  const done = run.state === 'succeeded' && DONE[run.kind];
  if (!done || run.userRef === '' || run.steps.length === 0) return undefined;
  return {
    recipients: { type: 'entity', entityRef: run.userRef },
    payload: { ...common, ...done, link: '/', severity: 'normal' },
  };
}
