import { useCallback, useEffect, useState } from 'react';
import { UserIdentity } from '@backstage/core-components';
import {
  configApiRef,
  discoveryApiRef,
  errorApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { Alert, Button, Card, CardBody, Flex, Text } from '@backstage/ui';
import { LogoMark } from '../navigation/LogoMark';
import {
  keepEndSession,
  readEndSessionUrl,
  takeEndSession,
} from './endSession';
import { identityProviderTitle, oidcAuthApiRef } from './oidcAuthApi';
import { takeSignInError } from './signInError';
import styles from './SignInPage.module.css';

type State =
  | { step: 'checking' }
  | { step: 'waiting' }
  | { step: 'leaving' }
  | { step: 'refused'; reason: string };

/** First page for everybody who has no session: one button, and the reason when sign-in was refused. */
export const SignInPage = ({ onSignInSuccess }: SignInPageProps) => {
  const authApi = useApi(oidcAuthApiRef);
  const config = useApi(configApiRef);
  const discoveryApi = useApi(discoveryApiRef);
  const errorApi = useApi(errorApiRef);
  const [state, setState] = useState<State>({ step: 'checking' });

  const signOut = useCallback(async () => {
    const returnTo = `${config.getString('app.baseUrl').replace(/\/$/, '')}/`;
    try {
      const url = await readEndSessionUrl({ authApi, discoveryApi, returnTo });
      if (url) keepEndSession(url);
    } catch (error) {
      // Signing out of the portal goes on: it is what was asked for first.
      errorApi.post(error instanceof Error ? error : new Error(String(error)));
    }
    await authApi.signOut();
  }, [authApi, config, discoveryApi, errorApi]);

  const signIn = useCallback(
    async (options: { optional: true } | { instantPopup: true }) => {
      const response = await authApi.getBackstageIdentity(options);
      if (!response) return false;
      onSignInSuccess(
        UserIdentity.create({
          identity: response.identity,
          profile: await authApi.getProfile(),
          authApi: {
            getBackstageIdentity: wanted =>
              authApi.getBackstageIdentity(wanted),
            getProfile: wanted => authApi.getProfile(wanted),
            signIn: () => authApi.signIn(),
            signOut,
            sessionState$: () => authApi.sessionState$(),
          },
        }),
      );
      return true;
    },
    [authApi, onSignInSuccess, signOut],
  );

  useEffect(() => {
    let current = true;
    const endSession = takeEndSession();
    if (endSession) {
      window.location.replace(endSession);
      return undefined;
    }
    const reason = takeSignInError();
    if (reason) {
      setState({ step: 'refused', reason });
      return undefined;
    }
    signIn({ optional: true })
      .then(done => current && !done && setState({ step: 'waiting' }))
      .catch(error => current && setState(refusal(error)));
    return () => {
      current = false;
    };
  }, [signIn]);

  const leave = () => {
    setState({ step: 'leaving' });
    signIn({ instantPopup: true }).catch(error => setState(refusal(error)));
  };

  if (state.step === 'checking') {
    return <div className={styles.page} aria-busy="true" />;
  }
  return (
    <main className={styles.page}>
      <Card className={styles.card}>
        <CardBody>
          <Flex direction="column" gap="5">
            <LogoMark className={styles.mark} />
            <Flex direction="column" gap="2">
              <Text as="h1" variant="title-medium" weight="bold">
                {config.getOptionalString('app.title') ?? 'Formulary'}
              </Text>
              <Text as="p" variant="body-large" color="secondary">
                Your repository, workspace, team and CRM record, ready in
                minutes.
              </Text>
            </Flex>
            {state.step === 'refused' && (
              <Alert
                status="danger"
                title="You could not be signed in"
                description={state.reason}
              />
            )}
            <Button
              variant="primary"
              onPress={leave}
              loading={state.step === 'leaving'}
            >
              Sign in with {identityProviderTitle(config)}
            </Button>
            <Text as="p" variant="body-small" color="secondary">
              New here? Choose “Register” on the next page.
            </Text>
          </Flex>
        </CardBody>
      </Card>
    </main>
  );
};

function refusal(error: unknown): State {
  return {
    step: 'refused',
    reason: error instanceof Error ? error.message : String(error),
  };
}
