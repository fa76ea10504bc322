import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import request from 'supertest';
import { schedulerPermissionsModule } from './schedulerPermissionsModule';

const catalog = createBackendPlugin({
  pluginId: 'catalog',
  register(env) {
    env.registerInit({ deps: {}, async init() {} });
  },
});

describe('schedulerPermissionsModule', () => {
  it('shows RBAC the permission of scheduled tasks', async () => {
    const { server } = await startTestBackend({
      features: [catalog, schedulerPermissionsModule],
    });
    const { body } = await request(server).get(
      '/api/catalog/.well-known/backstage/permissions/metadata',
    );
    expect(body.permissions).toEqual([
      {
        type: 'basic',
        name: 'scheduler.tasks.manage',
        attributes: { action: 'update' },
      },
    ]);
  });
});
