import { createRequire } from 'node:module';

const require = createRequire(
  new URL(
    '../../../plugins/provisioning-backend/package.json',
    import.meta.url,
  ),
);
const { createServiceFactory } = require('@backstage/backend-plugin-api');
const { notificationService } = require('@backstage/plugin-notifications-node');

/** In place of Backstage's notifications, which would be measured with the accounts. */
export const withoutNotifications = createServiceFactory({
  service: notificationService,
  deps: {},
  factory: () => ({ send: async () => {} }),
});
