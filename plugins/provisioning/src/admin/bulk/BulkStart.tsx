import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button, Flex, Text } from '@backstage/ui';
import type {
  BulkJob,
  BulkOperation,
  BulkPreview,
  BulkSource,
} from '@formulary/plugin-provisioning-common';
import { useCallback, useEffect, useState } from 'react';
import { messageOf } from '@formulary/failure-messages';
import { provisioningApiRef } from '../../api/provisioningApi';
import { BulkConfirmDialog } from './BulkConfirmDialog';
import { BulkOperationSelect } from './BulkOperationSelect';
import { BulkPreviewTable } from './BulkPreviewTable';
import { BulkSourceFields } from './BulkSourceFields';
import type { BulkWish } from './bulkWish';
import { BULK_OPERATIONS } from './bulkWords';

/** What was looked up, and for what. */
interface Seen {
  source: BulkSource;
  operation: BulkOperation;
  preview: BulkPreview;
}

/** Chooses what is done and for whom, shows what it would lead to, and begins. */
export const BulkStart = (props: {
  /** What was chosen elsewhere; it is looked up at once. */
  wish?: BulkWish;
  onStarted(job: BulkJob): void;
}) => {
  const { onStarted, wish } = props;
  const api = useApi(provisioningApiRef);
  const [operation, setOperation] = useState(wish?.operation ?? 'onboard');
  const [source, setSource] = useState<BulkSource | undefined>(
    wish && { persons: wish.persons },
  );
  const [seen, setSeen] = useState<Seen>();
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  const attempt = useCallback(async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
      setError(undefined);
    } catch (failure) {
      setError(messageOf(failure));
    } finally {
      setBusy(false);
    }
  }, []);
  const look = useCallback(
    (at: Omit<Seen, 'preview'>) =>
      attempt(async () => {
        const preview = await api.previewBulk(at.source, {
          operation: at.operation,
        });
        setSeen({ ...at, preview });
      }),
    [api, attempt],
  );
  useEffect(() => {
    if (!wish) return;
    look({ source: { persons: wish.persons }, operation: wish.operation });
  }, [wish, look]);

  // Of what was chosen before an answer came, nothing is begun.
  const current =
    seen?.operation === operation && isSame(seen.source, source)
      ? seen
      : undefined;
  const count = current?.preview.counts[operation] ?? 0;
  const begin = (reason?: string) => {
    if (!current) return;
    setAsking(false);
    const confirm = reason === undefined ? undefined : count;
    attempt(async () =>
      onStarted(
        await api.startBulk(current.source, { operation, reason, confirm }),
      ),
    );
  };
  const isGrave = operation === 'suspend' || operation === 'remove';

  return (
    <Flex direction="column" gap="4">
      <BulkOperationSelect value={operation} onChange={setOperation} />
      <BulkSourceFields
        operation={operation}
        chosen={wish?.persons}
        onChange={setSource}
      />
      <Flex gap="2">
        <Button
          variant="secondary"
          isDisabled={busy || !source}
          onPress={() => source && look({ source, operation })}
        >
          Preview
        </Button>
        {current && (
          <Button
            isDisabled={busy || count === 0}
            destructive={isGrave}
            onPress={() => (isGrave ? setAsking(true) : begin())}
          >
            {BULK_OPERATIONS[operation].begin(count)}
          </Button>
        )}
      </Flex>
      {busy && <Text role="status">Looking everybody up…</Text>}
      {error && (
        <Alert
          status="danger"
          icon
          title="That did not work"
          description={error}
        />
      )}
      {current && (
        <BulkPreviewTable preview={current.preview} operation={operation} />
      )}
      {asking && isGrave && (
        <BulkConfirmDialog
          operation={operation}
          count={count}
          onConfirm={begin}
          onClose={() => setAsking(false)}
        />
      )}
    </Flex>
  );
};

/** Whether two sources name the same people. A file is the same only as itself. */
function isSame(one: BulkSource, other: BulkSource | undefined): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object') return false;
  if (one instanceof Blob || other instanceof Blob) return false;
  return JSON.stringify(one) === JSON.stringify(other);
}
