import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button, Flex, Text, TextAreaField } from '@backstage/ui';
import type {
  BulkJob,
  BulkPreview,
} from '@formulary/plugin-provisioning-common';
import { useState } from 'react';
import { messageOf } from '../../api/messageOf';
import { provisioningApiRef } from '../../api/provisioningApi';
import { BulkPreviewTable } from './BulkPreviewTable';

/** Chooses a file, shows what it would lead to, and begins. */
export const BulkFile = (props: { onStarted(job: BulkJob): void }) => {
  const api = useApi(provisioningApiRef);
  const [file, setFile] = useState<File>();
  const [text, setText] = useState('');
  const [preview, setPreview] = useState<BulkPreview>();
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const csv = file ?? text;

  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
      setError(undefined);
    } catch (failure) {
      setError(messageOf(failure));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Flex direction="column" gap="4">
      <Text as="p" color="secondary">
        A CSV file with the column user (username or ref) or email, and if you
        like services, separated by semicolons. At most 10,000 lines. Nothing is
        done before you have seen what would be.
      </Text>
      <label>
        <Text variant="body-small">CSV file </Text>
        <input
          type="file"
          accept=".csv,text/csv"
          onChange={event => {
            setFile(event.target.files?.[0]);
            setPreview(undefined);
          }}
        />
      </label>
      {!file && (
        <TextAreaField
          label="Or paste the lines"
          rows={6}
          placeholder={'user,services\nbob,gitea;coder'}
          value={text}
          onChange={value => {
            setText(value);
            setPreview(undefined);
          }}
        />
      )}
      <Flex gap="2">
        <Button
          variant="secondary"
          isDisabled={busy || (!file && !text.trim())}
          onPress={() =>
            attempt(async () => setPreview(await api.previewBulk(csv)))
          }
        >
          Preview
        </Button>
        {preview && (
          <Button
            isDisabled={busy || preview.counts.onboard === 0}
            onPress={() =>
              attempt(async () => props.onStarted(await api.startBulk(csv)))
            }
          >
            {`Prepare the accounts of ${preview.counts.onboard}`}
          </Button>
        )}
      </Flex>
      {busy && <Text role="status">Reading the file…</Text>}
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
