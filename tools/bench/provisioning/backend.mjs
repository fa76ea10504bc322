import { createRequire } from 'node:module';
import { withoutNotifications } from './withoutNotifications.mjs';

// The portal's provisioning without the rest of the portal: what is measured is
// how accounts are made.
const require = createRequire(
  new URL('../../../packages/backend/package.json', import.meta.url),
);
const { createBackend } = require('@backstage/backend-defaults');

const backend = createBackend();
backend.add(require('@formulary/plugin-provisioning-backend').default);
backend.add(withoutNotifications);
await backend.start();
