import { createRequire } from 'node:module';

// The portal's provisioning as it is, without the rest of the portal: what is
// killed and started again many times has to start in a moment. The catalog has
// nobody of this test, as it has nobody who has just signed up.
const require = createRequire(
  new URL('../../plugins/provisioning-backend/package.json', import.meta.url),
);
const { createBackend } = require('@backstage/backend-defaults');
const {
  catalogServiceMock,
} = require('@backstage/plugin-catalog-node/testUtils');

const backend = createBackend();
backend.add(require('@formulary/plugin-provisioning-backend').default);
backend.add(catalogServiceMock.factory({ entities: [] }));
await backend.start();
