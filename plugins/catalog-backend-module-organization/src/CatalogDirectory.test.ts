import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { CatalogDirectory } from './CatalogDirectory';

const group = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'acme' },
};

describe('CatalogDirectory', () => {
  it('remembers what it found for half a minute', async () => {
    const catalog = catalogServiceMock.mock();
    catalog.getEntityByRef.mockResolvedValue(group);
    let now = 0;
    const directory = new CatalogDirectory(
      catalog,
      mockServices.auth(),
      () => now,
    );
    await directory.find('group:default/acme');
    now = 29_999;
    await expect(directory.find('group:default/acme')).resolves.toBe(group);
    expect(catalog.getEntityByRef).toHaveBeenCalledTimes(1);
    now = 30_000;
    await directory.find('group:default/acme');
    expect(catalog.getEntityByRef).toHaveBeenCalledTimes(2);
  });

  it('asks again for what was not there and for what failed', async () => {
    const catalog = catalogServiceMock.mock();
    catalog.getEntityByRef
      .mockRejectedValueOnce(new Error('The catalog is away'))
      .mockResolvedValueOnce(undefined)
      .mockResolvedValueOnce(group);
    const directory = new CatalogDirectory(catalog, mockServices.auth());
    await expect(directory.find('group:default/acme')).rejects.toThrow('away');
    await expect(directory.find('group:default/acme')).resolves.toBeUndefined();
    await expect(directory.find('group:default/acme')).resolves.toBe(group);
  });
});
