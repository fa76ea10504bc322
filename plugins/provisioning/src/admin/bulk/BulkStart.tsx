import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button, Flex, Text } from '@backstage/ui';
import type {
  BulkJob,
  BulkPreview,
  BulkSource,
} from '@formulary/plugin-provisioning-common';
import { useState } from 'react';
import { messageOf } from '../../api/messageOf';
import { provisioningApiRef } from '../../api/provisioningApi';
import { BulkPreviewTable } from './BulkPreviewTable';
import { BulkSourceFields } from './BulkSourceFields';

/** Chooses a file or a group, shows what it would lead to, and begins. */
export const BulkStart = (props: { onStarted(job: BulkJob): void }) => {
  const api = useApi(provisioningApiRef);
  const [source, setSource] = useState<BulkSource>();
  const [preview, setPreview] = useState<BulkPreview>();
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  const attempt = async (work: (from: BulkSource) => Promise<void>) => {
    if (!source) return;
    setBusy(true);
    try {
      await work(source);
      setError(undefined);
    } catch (failure) {
      setError(messageOf(failure));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Flex direction="column" gap="4">
      <BulkSourceFields
        onChange={changed => {
          setSource(changed);
          setPreview(undefined);
        }}
      />
      <Flex gap="2">
        <Button
          variant="secondary"
          isDisabled={busy || !source}
          onPress={() =>
            attempt(async from => setPreview(await api.previewBulk(from)))
          }
        >
          Preview
        </Button>
        {preview && (
          <Button
            isDisabled={busy || preview.counts.onboard === 0}
            onPress={() =>
              attempt(async from => props.onStarted(await api.startBulk(from)))
            }
          >
            {`Prepare the accounts of ${preview.counts.onboard}`}
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
      {preview && <BulkPreviewTable preview={preview} />}
    </Flex>
  );
};
