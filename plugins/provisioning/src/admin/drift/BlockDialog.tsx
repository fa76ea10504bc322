import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
} from '@backstage/ui';
import type { Drift } from '@formulary/plugin-provisioning-common';

/** Asks before accounts are blocked that the portal did not make. */
export const BlockDialog = (props: {
  drifts: Drift[];
  titleOf(service: string): string;
  onConfirm(): void;
  onClose(): void;
}) => {
  const { drifts, titleOf, onConfirm, onClose } = props;
  const them = drifts.length === 1 ? 'it' : 'them';
  const what = drifts.length === 1 ? 'this account' : 'these accounts';
  return (
    <Dialog isOpen onOpenChange={open => !open && onClose()}>
      <DialogHeader>{`Block ${what}?`}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <Text as="p">
            {`The portal neither made ${what} nor took ${them} over. Whoever uses ${them} can no longer log in. Nothing is deleted, but only the service itself can let them in again.`}
          </Text>
          <ul style={{ margin: 0, paddingInlineStart: 'var(--bui-space-5)' }}>
            {drifts.map(({ id, service, account }) => (
              <li key={id}>{`${account?.username} in ${titleOf(service)}`}</li>
            ))}
          </ul>
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button destructive onPress={onConfirm}>
          Block
        </Button>
        <Button variant="secondary" onPress={onClose}>
          Leave it
        </Button>
      </DialogFooter>
    </Dialog>
  );
};
