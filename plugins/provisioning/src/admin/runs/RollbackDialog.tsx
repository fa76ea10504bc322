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
  Text,
} from '@backstage/ui';
import type {
  RollbackAccount,
  Run,
} from '@formulary/plugin-provisioning-common';
import { useEffect, useState } from 'react';
import { messageOf } from '@formulary/failure-messages';
import { provisioningApiRef } from '../../api/provisioningApi';
import { shortName } from '../words';

const Accounts = ({ accounts }: { accounts: RollbackAccount[] }) => (
  <ul>
    {accounts.map(({ service, title, username, obstacle, unknown }) => (
      <li key={service}>
        <Text>
          {title}: {username ?? 'the account'}
        </Text>
        {obstacle && (
          <Text as="p" variant="body-small" color="danger">
            {obstacle}
          </Text>
        )}
        {unknown && (
          <Text as="p" variant="body-small" color="warning">
            Whether it was used is not known ({unknown}). It is looked at again
            before it is removed.
          </Text>
        )}
      </li>
    ))}
  </ul>
);

/** Shows what the rollback of a run removes, and begins it when told so. */
export const RollbackDialog = (props: {
  run: Run;
  /** Told the id of the run that takes the other one back. */
  onBegun(runId: string): void;
  onClose(): void;
}) => {
  const { run, onBegun, onClose } = props;
  const api = useApi(provisioningApiRef);
  const [accounts, setAccounts] = useState<RollbackAccount[]>();
  const [refusal, setRefusal] = useState<string>();
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    api.previewRollback(run.id, { signal }).then(
      preview => !signal.aborted && setAccounts(preview.accounts),
      failure => !signal.aborted && setRefusal(messageOf(failure)),
    );
    return () => controller.abort();
  }, [api, run.id]);

  const begin = async () => {
    setBusy(true);
    try {
      onBegun((await api.rollBackRun(run.id)).id);
    } catch (failure) {
      setRefusal(messageOf(failure));
      setBusy(false);
    }
  };
  const hindered = accounts?.some(({ obstacle }) => obstacle !== undefined);

  return (
    <Dialog isOpen onOpenChange={open => !open && onClose()}>
      <DialogHeader>Roll back this run?</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="4">
          {refusal && (
            <Alert
              status="danger"
              icon
              title="The run cannot be rolled back"
              description={refusal}
            />
          )}
          {!accounts && !refusal && (
            <Skeleton
              width="100%"
              height={96}
              aria-label="Looking at the accounts"
            />
          )}
          {accounts && (
            <>
              <Text as="p">
                These accounts of {shortName(run.userRef)}, which the run has
                made, are removed. Accounts that were there before stay.
              </Text>
              <Accounts accounts={accounts} />
              {hindered && (
                <Text as="p">
                  Nothing is removed while one of them is in use.
                </Text>
              )}
            </>
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button
          destructive
          isDisabled={busy || !accounts || hindered || refusal !== undefined}
          onPress={begin}
        >
          Remove these accounts
        </Button>
        <Button variant="secondary" onPress={onClose}>
          Leave them
        </Button>
      </DialogFooter>
    </Dialog>
  );
};
