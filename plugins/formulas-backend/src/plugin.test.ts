import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { formulasPlugin } from './plugin';

describe('formulasPlugin', () => {
  const directory = createMockDirectory({
    content: {
      'catalog-info.yaml': '',
      api: { 'formula.yaml': '', 'README.md': '# API' },
    },
  });

  function formula(name: string, location: string): Entity {
    return {
      apiVersion: 'formulary.dev/v1alpha1',
      kind: 'Formula',
      metadata: {
        name,
        annotations: { 'backstage.io/managed-by-location': location },
      },
    };
  }

  async function start() {
    const catalog = catalogServiceMock.mock();
    const entities = [
      formula('api', `file:${directory.resolve('api/formula.yaml')}`),
      formula('outside', 'file:/etc/formula.yaml'),
      formula('bootstrap', 'bootstrap:bootstrap'),
    ];
    catalog.getEntityByRef.mockImplementation(async ref =>
      entities.find(
        entity => typeof ref === 'object' && entity.metadata.name === ref.name,
      ),
    );
    const { server } = await startTestBackend({
      features: [
        formulasPlugin,
        catalog.factory,
        mockServices.rootConfig.factory({
          data: {
            catalog: {
              locations: [
                {
                  type: 'file',
                  target: directory.resolve('catalog-info.yaml'),
                },
              ],
            },
          },
        }),
      ],
    });
    return { server, catalog };
  }

  it('serves the bundle of a formula that the caller may see', async () => {
    const { server, catalog } = await start();
    const response = await request(server).get(
      '/api/formulas/formulas/default/api/bundle',
    );
    expect(response.status).toBe(200);
    expect(response.body).toEqual({
      readme: '# API',
      claude: { skills: [], agents: [], mcpServers: [] },
      problems: [],
    });
    expect(catalog.getEntityByRef).toHaveBeenCalledWith(
      { kind: 'Formula', namespace: 'default', name: 'api' },
      { credentials: mockCredentials.user() },
    );
  });

  it.each([
    ['gone', 404, 'There is no formula "default/gone" that you may see'],
    ['bootstrap', 404, 'The formula "bootstrap" has no bundle'],
    ['outside', 403, 'outside of the folders'],
  ])('answers for %s with %s', async (name, status, message) => {
    const { server } = await start();
    const response = await request(server).get(
      `/api/formulas/formulas/default/${name}/bundle`,
    );
    expect(response.status).toBe(status);
    expect(response.body.error.message).toContain(message);
  });

  it.each([
    ['nobody', mockCredentials.none.header()],
    ['a service', mockCredentials.service.header()],
  ])('refuses %s', async (_, authorization) => {
    const { server } = await start();
    const response = await request(server)
      .get('/api/formulas/formulas/default/api/bundle')
      .set('authorization', authorization);
    expect([401, 403]).toContain(response.status);
  });
});
