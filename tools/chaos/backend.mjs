import { createRequire } from 'node:module';

// The portal's provisioning as it is, without the rest of the portal: what is
// killed and started again many times has to start in a moment.
const require = createRequire(
  new URL('../../packages/backend/package.json', import.meta.url),
);
const { createBackend } = require('@backstage/backend-defaults');

const backend = createBackend();
backend.add(require('@formulary/plugin-provisioning-backend').default);
await backend.start();
