import { createRequire } from 'node:module';
import { withoutNotifications } from './withoutNotifications.mjs';

// The same as the backend of this benchmark, with the scaffolder and its action.
const require = createRequire(
  new URL('../../../packages/backend/package.json', import.meta.url),
);
const { createBackend } = require('@backstage/backend-defaults');

const backend = createBackend();
for (const feature of [
  '@backstage/plugin-catalog-backend',
  '@backstage/plugin-catalog-backend-module-scaffolder-entity-model',
  '@backstage/plugin-scaffolder-backend',
  '@formulary/plugin-scaffolder-backend-module-pre-provision-user',
  '@formulary/plugin-provisioning-backend',
]) {
  backend.add(require(feature).default);
}
backend.add(withoutNotifications);
await backend.start();
