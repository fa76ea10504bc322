import { OidcAuth } from './OidcAuth';

const identityOf = (name: string) => ({
  token: `token of ${name}`,
  identity: {
    type: 'user' as const,
    userEntityRef: `user:default/${name}`,
    ownershipEntityRefs: [],
  },
});
const never = new Promise<never>(() => {});

function auth(getBackstageIdentity: jest.Mock, first = jest.fn()) {
  const reload = jest.fn();
  const api = new OidcAuth(
    { getBackstageIdentity: first },
    { getBackstageIdentity } as unknown as OidcAuth,
    reload,
  );
  return { api, reload };
}

describe('OidcAuth', () => {
  it('leaves the page to sign in for the first time', async () => {
    const first = jest.fn().mockReturnValue(never);
    const { api } = auth(jest.fn(), first);
    api.getBackstageIdentity({ instantPopup: true });
    expect(first).toHaveBeenCalledWith({ instantPopup: true });
  });

  it('goes on when the same person has signed in again', async () => {
    const { api, reload } = auth(
      jest.fn().mockImplementation(async () => identityOf('bob')),
    );
    await api.getBackstageIdentity();
    await expect(api.getBackstageIdentity()).resolves.toEqual(
      identityOf('bob'),
    );
    expect(reload).not.toHaveBeenCalled();
  });

  it('loads the page anew for another person, who never acts on it', async () => {
    const { api, reload } = auth(
      jest
        .fn()
        .mockResolvedValueOnce(undefined)
        .mockResolvedValueOnce(identityOf('bob'))
        .mockResolvedValueOnce(identityOf('alice')),
    );
    await expect(api.getBackstageIdentity({ optional: true })).resolves.toBe(
      undefined,
    );
    await api.getBackstageIdentity();
    const answered = jest.fn();
    api.getBackstageIdentity().then(answered);
    await new Promise(process.nextTick);
    expect(reload).toHaveBeenCalledTimes(1);
    expect(answered).not.toHaveBeenCalled();
  });
});
