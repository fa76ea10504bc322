import { OrganisationSyncClient } from './OrganisationSyncClient';

const at = '2026-11-21T12:00:00.000Z';

function clientThatGets(answers: Record<string, [number, unknown]>) {
  const send = jest.fn(async (url: string, _init?: RequestInit) => {
    const path = url.replace('http://portal.example/api/catalog', '');
    const [status, body] = answers[path];
    return new Response(JSON.stringify(body), { status });
  });
  const client = new OrganisationSyncClient({
    discoveryApi: {
      getBaseUrl: async id => `http://portal.example/api/${id}`,
    },
    fetchApi: { fetch: send as unknown as typeof fetch },
    catalogApi: {
      queryEntities: async request => ({
        items: [],
        totalItems: JSON.stringify(request).includes('user') ? 80 : 9,
        pageInfo: {},
      }),
    },
  });
  return { client, send };
}

const tasks = (...states: Array<[string, object | null]>) => ({
  tasks: states.map(([taskId, taskState]) => ({ taskId, taskState })),
});

describe('OrganisationSyncClient', () => {
  it('puts together what the scheduler and the modules say', async () => {
    const removal = {
      digest: 'abc',
      users: 6,
      groups: 0,
      sample: ['user:default/alice'],
      stoppedAt: at,
    };
    const { stoppedAt: _, ...missing } = removal;
    const decision = { ...missing, keptBy: 'user:default/priya', keptAt: at };
    const { client } = clientThatGets({
      '/.backstage/scheduler/v1/tasks': [
        200,
        tasks(
          ['keycloak-org:main:sync', { status: 'idle', lastRunEndedAt: at }],
          ['logto-org:a:b:sync', { status: 'running' }],
          ['something-else', { status: 'idle' }],
        ),
      ],
      '/keycloak-org/stops': [
        200,
        {
          items: [{ provider: 'main', ...removal }],
          kept: [{ provider: 'main', ...decision }],
        },
      ],
      '/logto-org/stops': [200, { items: [], kept: [] }],
    });
    await expect(client.getState()).resolves.toMatchObject({
      people: 80,
      groups: 9,
      syncs: [
        {
          module: 'keycloak-org',
          provider: 'main',
          isRunning: false,
          endedAt: at,
          stopped: removal,
          kept: [decision],
        },
        { module: 'logto-org', provider: 'a:b', isRunning: true, kept: [] },
      ],
    });
  });

  it.each([
    ['{"name":"Error","message":"Keycloak is away"}', 'Keycloak is away'],
    ['not JSON', 'not JSON'],
  ])('tells why the last run failed: %s', async (lastRunError, error) => {
    const { client } = clientThatGets({
      '/.backstage/scheduler/v1/tasks': [
        200,
        tasks(['keycloak-org:main:sync', { status: 'idle', lastRunError }]),
      ],
      '/keycloak-org/stops': [200, { items: [], kept: [] }],
    });
    await expect(client.getState()).resolves.toMatchObject({
      syncs: [{ error }],
    });
  });

  it('takes a refusal for no empty list', async () => {
    const { client } = clientThatGets({
      '/.backstage/scheduler/v1/tasks': [
        200,
        tasks(['keycloak-org:main:sync', null]),
      ],
      '/keycloak-org/stops': [403, { error: { message: 'no' } }],
    });
    await expect(client.getState()).rejects.toThrow(/403/);
  });

  it.each(['approve', 'keep', 'take-back'] as const)(
    'tells the decision "%s" of this digest',
    async decision => {
      const { client, send } = clientThatGets({
        [`/keycloak-org/main/${decision}`]: [202, {}],
      });
      await client.decide(
        {
          ...{ module: 'keycloak-org', provider: 'main' },
          ...{ isRunning: false, kept: [] },
        },
        decision,
        'abc',
      );
      expect(send.mock.calls[0][1]).toMatchObject({
        method: 'POST',
        body: '{"digest":"abc"}',
      });
    },
  );
});
