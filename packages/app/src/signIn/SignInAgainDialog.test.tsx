import { OAuthRequestManager } from '@backstage/core-app-api';
import { oauthRequestApiRef } from '@backstage/frontend-plugin-api';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SignInAgainDialog } from './SignInAgainDialog';

const offer = { name: 'Sign in with Keycloak' };
const dialog = { name: 'Your session has ended' };

/** Has a session end while a page is shown, and somebody wait for the next one. */
async function endSession(signIn: () => Promise<string>) {
  const requests = new OAuthRequestManager();
  const requestSession = requests.createAuthRequester({
    provider: { id: 'oidc', title: 'Keycloak', icon: () => null },
    onAuthRequest: signIn,
  });
  render(
    <TestApiProvider apis={[[oauthRequestApiRef, requests]]}>
      <SignInAgainDialog />
    </TestApiProvider>,
  );
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  let session: Promise<string>;
  act(() => {
    session = requestSession(new Set());
  });
  // Looked at by those tests that end it.
  session!.catch(() => undefined);
  expect(await screen.findByRole('dialog', dialog)).toBeVisible();
  return { session: session! };
}

describe('SignInAgainDialog', () => {
  it('asks to sign in when a session has ended, and goes once that is done', async () => {
    const { session } = await endSession(async () => 'a session');
    await userEvent.click(screen.getByRole('button', offer));
    await expect(session).resolves.toBe('a session');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it.each([
    ['PopupRejectedError', 'Failed to open', /Allow this page to open windows/],
    ['PopupClosedError', 'Login failed', /closed before you had signed in/],
    ['Error', 'Ask priya', /Ask priya/],
  ])('says what to do about a %s, and lets try again', async (...given) => {
    const [name, message, words] = given;
    const { session } = await endSession(
      jest
        .fn()
        .mockRejectedValueOnce(Object.assign(new Error(message), { name }))
        .mockResolvedValueOnce('a session'),
    );
    await userEvent.click(screen.getByRole('button', offer));
    expect(await screen.findByText(words)).toBeVisible();
    await userEvent.click(screen.getByRole('button', offer));
    await expect(session).resolves.toBe('a session');
  });

  it.each(['Not now', 'Close'])('may be left with “%s”', async name => {
    const { session } = await endSession(jest.fn());
    await userEvent.click(screen.getByRole('button', { name }));
    await expect(session).rejects.toThrow('rejected by user');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });
});
