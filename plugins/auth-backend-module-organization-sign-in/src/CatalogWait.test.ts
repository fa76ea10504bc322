import { CatalogWait } from './CatalogWait';

describe('CatalogWait', () => {
  const lookThatFinds = (atLook: number) => {
    let looks = 0;
    return jest.fn(async () => {
      looks += 1;
      return looks >= atLook ? 'bob' : undefined;
    });
  };

  it('waits for somebody whom the organisation sync is about to bring', async () => {
    const look = lookThatFinds(3);
    await expect(new CatalogWait(5_000).until('s', look)).resolves.toBe('bob');
    expect(look).toHaveBeenCalledTimes(3);
  });

  it('does not wait for who is there', async () => {
    const look = lookThatFinds(1);
    await expect(new CatalogWait(5_000).until('s', look)).resolves.toBe('bob');
    expect(look).toHaveBeenCalledTimes(1);
  });

  it('gives up, and makes the same person wait no second time', async () => {
    const wait = new CatalogWait(1);
    await expect(
      wait.until('s', async () => undefined),
    ).resolves.toBeUndefined();
    const again = lookThatFinds(2);
    await expect(wait.until('s', again)).resolves.toBeUndefined();
    expect(again).toHaveBeenCalledTimes(1);
    await expect(wait.until('another', lookThatFinds(2))).resolves.toBe('bob');
  });

  it('waits for nobody when it is switched off', async () => {
    const look = lookThatFinds(2);
    await expect(new CatalogWait(0).until('s', look)).resolves.toBeUndefined();
    expect(look).toHaveBeenCalledTimes(1);
  });

  it('takes a catalog that fails for no absence', async () => {
    await expect(
      new CatalogWait(5_000).until('s', async () => {
        throw new Error('the catalog is away');
      }),
    ).rejects.toThrow('the catalog is away');
  });
});
