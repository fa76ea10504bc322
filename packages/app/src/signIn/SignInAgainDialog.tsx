import {
  oauthRequestApiRef,
  PendingOAuthRequest,
  useApi,
} from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
} from '@backstage/ui';
import { useEffect, useState } from 'react';

/** Names of the errors of Backstage's sign-in window (core-app-api, `loginPopup`), for people. */
const REASONS: Record<string, string> = {
  PopupRejectedError:
    'Your browser kept the window from opening. Allow this page to open windows, then try again.',
  PopupClosedError:
    'The window was closed before you had signed in. Try again.',
};

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return REASONS[error.name] ?? error.message;
}

/**
 * Asks people whose session has ended to sign in again, over the page they are
 * on, which keeps what they have done.
 */
export const SignInAgainDialog = () => {
  const oauthRequestApi = useApi(oauthRequestApiRef);
  const [requests, setRequests] = useState<PendingOAuthRequest[]>([]);
  const [busy, setBusy] = useState(false);
  const [reason, setReason] = useState<string>();

  useEffect(() => {
    const subscription = oauthRequestApi
      .authRequest$()
      .subscribe({ next: setRequests });
    return () => subscription.unsubscribe();
  }, [oauthRequestApi]);

  const signIn = async (request: PendingOAuthRequest) => {
    setBusy(true);
    setReason(undefined);
    try {
      await request.trigger();
    } catch (error) {
      setReason(reasonOf(error));
    } finally {
      setBusy(false);
    }
  };
  const leave = () => {
    setReason(undefined);
    requests.forEach(request => request.reject());
  };

  if (requests.length === 0) return null;
  return (
    <Dialog
      isOpen
      isDismissable={false}
      onOpenChange={open => !open && leave()}
    >
      <DialogHeader>Your session has ended</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="4">
          <Text as="p">
            Sign in again to go on. A window opens for it; this page stays as it
            is, with all that you have filled in.
          </Text>
          {reason && (
            <Alert
              status="danger"
              title="You could not be signed in"
              description={reason}
            />
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        {requests.map((request, index) => (
          <Button
            key={request.provider.id}
            variant="primary"
            // Nothing else can be done on the page.
            // eslint-disable-next-line jsx-a11y/no-autofocus
            autoFocus={index === 0}
            loading={busy}
            onPress={() => signIn(request)}
          >
            Sign in with {request.provider.title}
          </Button>
        ))}
        <Button variant="secondary" isDisabled={busy} onPress={leave}>
          Not now
        </Button>
      </DialogFooter>
    </Dialog>
  );
};
