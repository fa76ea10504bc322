import { Button } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import { useState } from 'react';
import { messageOf } from '@formulary/failure-messages';
import { saveFile } from './saveFile';

/** Fetches a file and has the browser save it. */
export const DownloadButton = (props: {
  label: string;
  fileName: string;
  fetchFile(): Promise<Blob>;
  /** Told why it did not work, or undefined when it did. */
  onError(message: string | undefined): void;
}) => {
  const [busy, setBusy] = useState(false);
  const download = async () => {
    setBusy(true);
    try {
      saveFile(await props.fetchFile(), props.fileName);
      props.onError(undefined);
    } catch (failure) {
      props.onError(messageOf(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      size="small"
      variant="secondary"
      isDisabled={busy}
      iconStart={<RiDownloadLine aria-hidden />}
      onPress={download}
    >
      {props.label}
    </Button>
  );
};
