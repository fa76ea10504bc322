import { createRequire } from 'node:module';

// The portal's provisioning, without the rest of the portal and without
// notifications: what is measured is how accounts are made.
const require = createRequire(
  new URL('../../../packages/backend/package.json', import.meta.url),
);
const { createBackend } = require('@backstage/backend-defaults');
const { createServiceFactory } = require('@backstage/backend-plugin-api');
const { notificationService } = createRequire(
  new URL(
    '../../../plugins/provisioning-backend/package.json',
    import.meta.url,
  ),
)('@backstage/plugin-notifications-node');

const backend = createBackend();
backend.add(require('@formulary/plugin-provisioning-backend').default);
backend.add(
  createServiceFactory({
    service: notificationService,
    deps: {},
    factory: () => ({ send: async () => {} }),
  }),
);
await backend.start();
