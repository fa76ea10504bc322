import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { Run, RunKind } from '@formulary/plugin-provisioning-common';
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

/**
 * The notification of a run that has ended; undefined when nobody is to be told.
 * It holds no more about the person than their name.
 *
 * @param admins - refs of the users and groups who hear of failures
 */
export function announcementOf(
  run: Run,
  displayName: string,
  admins: string[],
): NotificationSendOptions | undefined {
  // Backstage keeps one notification for each recipient, origin and scope
  // (notifications-backend, getExistingScopeNotification): one sent twice is there once.
  const common = { topic: 'accounts', scope: `provisioning:run:${run.id}` };
  if (run.state === 'failed' && admins.length > 0) {
    const failed = run.steps.filter(({ state }) => state === 'failed');
    const where = failed.map(({ service }) => service).join(', ');
    return {
      recipients: { type: 'entity', entityRef: admins },
      payload: {
        ...common,
        title: `The accounts of ${displayName} could not be ${
          STEP_VERB[run.kind]
        }`,
        description: `${
          where ? `It failed in ${where}` : 'Nothing was begun'
        }. The run says why, and can be retried`,
        link: `/provisioning/runs/${run.id}`,
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
