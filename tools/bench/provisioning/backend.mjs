import { createRequire } from 'node:module';
import { withoutNotifications } from './withoutNotifications.mjs';

// The portal's provisioning, and the catalog that it asks who somebody is,
// without the rest of the portal: what is measured is how accounts are made.
const require = createRequire(
  new URL('../../../packages/backend/package.json', import.meta.url),
);
const { createBackend } = require('@backstage/backend-defaults');

const backend = createBackend();
for (const feature of [
  '@backstage/plugin-catalog-backend',
  '@backstage/plugin-catalog-backend-module-scaffolder-entity-model',
  '@formulary/plugin-provisioning-backend',
]) {
  backend.add(require(feature).default);
}
backend.add(withoutNotifications);
await backend.start();
