import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { takeEndSession } from './endSession';
import { oidcAuthApiRef } from './oidcAuthApi';
import { SignInPage } from './SignInPage';

const session = {
  token: 'a-token',
  identity: {
    type: 'user' as const,
    userEntityRef: 'user:default/alice',
    ownershipEntityRefs: ['user:default/alice'],
  },
};

function renderPage(
  getBackstageIdentity: jest.Mock,
  signOut: jest.Mock = jest.fn(),
  identityProvider?: string,
) {
  const onSignInSuccess = jest.fn();
  renderInTestApp(<SignInPage onSignInSuccess={onSignInSuccess} />, {
    config: {
      app: {
        baseUrl: 'http://localhost:3000',
        ...(identityProvider && { identityProvider }),
      },
      backend: { baseUrl: 'http://localhost:7007' },
    },
    apis: [
      [
        oidcAuthApiRef,
        {
          getBackstageIdentity,
          getProfile: async () => ({ displayName: 'Alice Moreau' }),
          getIdToken: async () => 'an-id-token',
          signOut,
        } as unknown as typeof oidcAuthApiRef.T,
      ],
    ],
  });
  return onSignInSuccess;
}

describe('SignInPage', () => {
  afterEach(() => {
    window.history.replaceState(null, '', '/');
  });

  it('goes on without a word when there is a session', async () => {
    const onSignInSuccess = renderPage(jest.fn().mockResolvedValue(session));
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('offers the identity provider when there is none, and leaves for it on the button', async () => {
    const getBackstageIdentity = jest
      .fn()
      .mockResolvedValueOnce(undefined)
      .mockReturnValueOnce(new Promise(() => {}));
    const onSignInSuccess = renderPage(getBackstageIdentity);
    expect(
      await screen.findByRole('heading', { name: 'Formulary' }),
    ).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: /Sign in with Keycloak/ }),
    );
    expect(getBackstageIdentity).toHaveBeenLastCalledWith({
      instantPopup: true,
    });
    expect(onSignInSuccess).not.toHaveBeenCalled();
  });

  it('calls the identity provider as the configuration does', async () => {
    renderPage(jest.fn().mockResolvedValue(undefined), undefined, 'Logto');
    expect(
      await screen.findByRole('button', { name: 'Sign in with Logto' }),
    ).toBeVisible();
  });

  it('shows why a sign-in was refused, and takes the reason out of the address', async () => {
    window.history.replaceState(null, '', '/?error=Ask+priya');
    const getBackstageIdentity = jest.fn();
    renderPage(getBackstageIdentity);
    expect(await screen.findByText('Ask priya')).toBeVisible();
    expect(window.location.search).toBe('');
    expect(getBackstageIdentity).not.toHaveBeenCalled();
  });

  describe('signing out', () => {
    const answer = (status: number, body: object) => {
      jest
        .spyOn(window, 'fetch')
        .mockResolvedValue(new Response(JSON.stringify(body), { status }));
    };
    afterEach(() => {
      jest.restoreAllMocks();
      window.sessionStorage.clear();
    });

    async function signedOut() {
      const signOut = jest.fn();
      const onSignInSuccess = renderPage(
        jest.fn().mockResolvedValue(session),
        signOut,
      );
      await waitFor(() => expect(onSignInSuccess).toHaveBeenCalled());
      await onSignInSuccess.mock.calls[0][0].signOut();
      expect(signOut).toHaveBeenCalledTimes(1);
      return takeEndSession();
    }

    it('leads to the identity provider, which is told whose session ends and the way back', async () => {
      answer(200, { url: 'https://idp.example/logout?client_id=portal' });
      expect(await signedOut()).toBe(
        'https://idp.example/logout?client_id=portal&id_token_hint=an-id-token&post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A3000%2F',
      );
    });

    it('stays in the portal when the identity provider has no such page', async () => {
      answer(200, {});
      expect(await signedOut()).toBeUndefined();
    });
  });

  it('shows what went wrong when the session can not be read', async () => {
    renderPage(jest.fn().mockRejectedValue(new Error('the portal is down')));
    expect(await screen.findByText('the portal is down')).toBeVisible();
  });
});
