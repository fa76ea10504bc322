import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Text,
} from '@backstage/ui';
import type { StoppedRemoval } from './OrganisationSync';
import { countWords } from './words';

/** Asks once more before people are removed from the catalog. */
export const RemovalDialog = (props: {
  stopped: StoppedRemoval;
  source: string;
  onConfirm(): void;
  onClose(): void;
}) => {
  const count = countWords(props.stopped);
  return (
    <Dialog isOpen onOpenChange={open => !open && props.onClose()}>
      <DialogHeader>{`Remove ${count}?`}</DialogHeader>
      <DialogBody>
        <Text as="p">
          {`They go from the catalog, and with it what they may do here, by a sync that begins now. Do this only when they are really gone from ${props.source}. It holds for exactly these ${count}: when more are missing, you are asked again.`}
        </Text>
      </DialogBody>
      <DialogFooter>
        <Button destructive onPress={props.onConfirm}>
          {`Remove ${count}`}
        </Button>
        <Button variant="secondary" onPress={props.onClose}>
          Cancel
        </Button>
      </DialogFooter>
    </Dialog>
  );
};
