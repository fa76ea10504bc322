import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AwaitedOwners } from './AwaitedOwners';

const bob = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'bob' },
};

async function start() {
  const catalog = catalogServiceMock.mock();
  const refresh = jest.fn();
  let now = 0;
  const awaited = new AwaitedOwners(catalog, mockServices.auth(), () => now);
  await awaited.connect({ refresh, applyMutation: jest.fn() });
  return {
    catalog,
    refresh,
    awaited,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe('AwaitedOwners', () => {
  it('asks nothing when nobody is awaited', async () => {
    const { awaited, catalog } = await start();
    await awaited.check();
    expect(catalog.getEntitiesByRefs).not.toHaveBeenCalled();
  });

  it('refreshes at the second sight, once', async () => {
    const { awaited, catalog, refresh } = await start();
    catalog.getEntitiesByRefs.mockResolvedValue({ items: [undefined] });
    awaited.add('user:default/bob');
    await awaited.check();
    catalog.getEntitiesByRefs.mockResolvedValue({ items: [bob] });
    await awaited.check();
    expect(refresh).not.toHaveBeenCalled();
    await awaited.check();
    expect(refresh).toHaveBeenCalledWith({
      keys: ['organization-of:user:default/bob'],
    });
    await awaited.check();
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('gives up after a minute', async () => {
    const { awaited, catalog, pass } = await start();
    awaited.add('user:default/bob');
    pass(60_001);
    await awaited.check();
    expect(catalog.getEntitiesByRefs).not.toHaveBeenCalled();
  });
});
