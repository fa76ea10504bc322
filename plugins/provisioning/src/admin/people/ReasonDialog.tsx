import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
  TextField,
} from '@backstage/ui';
import { FormEvent, useState } from 'react';

/** Asks for the reason of something grave before it is done. */
export const ReasonDialog = (props: {
  title: string;
  /** What will happen. */
  text: string;
  /** Words of the button that does it. */
  action: string;
  onConfirm(reason: string): void;
  onClose(): void;
}) => {
  const [reason, setReason] = useState('');
  const given = reason.trim();
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    if (given) props.onConfirm(given);
  };
  return (
    <Dialog isOpen onOpenChange={open => !open && props.onClose()}>
      <form onSubmit={confirm}>
        <DialogHeader>{props.title}</DialogHeader>
        <DialogBody>
          <Flex direction="column" gap="4">
            <Text as="p">{props.text}</Text>
            <TextField
              label="Reason"
              description="Kept with the run, and told to the person."
              maxLength={500}
              isRequired
              // The dialog exists to be filled in.
              // eslint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              value={reason}
              onChange={setReason}
            />
          </Flex>
        </DialogBody>
        <DialogFooter>
          <Button type="submit" destructive isDisabled={!given}>
            {props.action}
          </Button>
          <Button variant="secondary" onPress={props.onClose}>
            Leave it
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
};
