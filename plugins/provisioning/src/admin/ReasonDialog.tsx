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

/** Asks for the reason of something grave before it is done, and of what cannot be undone for a proof of care. */
export const ReasonDialog = (props: {
  title: string;
  /** What will happen. */
  text: string;
  /** What becomes of the reason. */
  description: string;
  /** Words of the button that does it. */
  action: string;
  /** What has to be typed, and the words that ask for it. */
  proof?: { label: string; text: string };
  onConfirm(reason: string): void;
  onClose(): void;
}) => {
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const { proof } = props;
  const given = reason.trim();
  const isSure = !proof || typed.trim() === proof.text;
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    if (given && isSure) props.onConfirm(given);
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
              description={props.description}
              maxLength={500}
              isRequired
              // The dialog exists to be filled in.
              // eslint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              value={reason}
              onChange={setReason}
            />
            {proof && (
              <TextField
                label={proof.label}
                isRequired
                value={typed}
                onChange={setTyped}
              />
            )}
          </Flex>
        </DialogBody>
        <DialogFooter>
          <Button type="submit" destructive isDisabled={!given || !isSure}>
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
