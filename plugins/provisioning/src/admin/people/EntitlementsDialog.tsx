import { useApi } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Skeleton,
} from '@backstage/ui';
import type { EntitlementPlan } from '@formulary/plugin-provisioning-common';
import { useCallback, useEffect, useState } from 'react';
import { messageOf } from '@formulary/failure-messages';
import { provisioningApiRef } from '../../api/provisioningApi';
import { EntitlementPlanView } from './EntitlementPlanView';

/** Asks what a run would do for a person, anew each time it is opened. */
export const EntitlementsDialog = (props: {
  userRef: string;
  displayName: string;
  onClose(): void;
}) => {
  const api = useApi(provisioningApiRef);
  const { userRef } = props;
  const [plan, setPlan] = useState<EntitlementPlan>();
  const [error, setError] = useState<string>();

  const read = useCallback(
    async (signal?: AbortSignal) => {
      setError(undefined);
      try {
        const seen = await api.getEntitlements(userRef, { signal });
        if (!signal?.aborted) setPlan(seen);
      } catch (failure) {
        if (!signal?.aborted) setError(messageOf(failure));
      }
    },
    [api, userRef],
  );
  useEffect(() => {
    const controller = new AbortController();
    read(controller.signal);
    return () => controller.abort();
  }, [read]);

  return (
    <Dialog isOpen width={640} onOpenChange={open => !open && props.onClose()}>
      <DialogHeader>{`What would ${props.displayName} get?`}</DialogHeader>
      <DialogBody>
        {error && (
          <Alert
            role="alert"
            status="danger"
            icon
            title="That could not be found out"
            description={error}
            customActions={
              <Button size="small" onPress={() => read()}>
                Try again
              </Button>
            }
          />
        )}
        {!plan && !error && (
          <Flex
            direction="column"
            gap="3"
            role="status"
            aria-label="Asking the services"
          >
            <Skeleton height="1.5rem" />
            <Skeleton height="6rem" />
          </Flex>
        )}
        {plan && !error && <EntitlementPlanView plan={plan} />}
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={props.onClose}>
          Close
        </Button>
      </DialogFooter>
    </Dialog>
  );
};
