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

const WORDS = {
  suspend: {
    title: (people: string) => `Suspend ${people}?`,
    text: 'Log-ins are blocked and workspaces stopped in every service. Nothing is deleted, and it can be undone.',
    action: (people: string) => `Suspend ${people}`,
  },
  remove: {
    title: (people: string) => `Remove the accounts of ${people}?`,
    text: 'Accounts and workspaces are deleted in every service. This cannot be undone.',
    action: (people: string) => `Remove the accounts of ${people}`,
  },
};

/** Asks why something grave is done to many, and before what cannot be undone for how many. */
export const BulkConfirmDialog = (props: {
  operation: 'suspend' | 'remove';
  /** To how many people it is done. */
  count: number;
  onConfirm(reason: string): void;
  onClose(): void;
}) => {
  const { operation, count } = props;
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const words = WORDS[operation];
  const people = count === 1 ? '1 person' : `${count} people`;
  const given = reason.trim();
  const isSure = operation === 'suspend' || typed.trim() === String(count);
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    if (given && isSure) props.onConfirm(given);
  };
  return (
    <Dialog isOpen onOpenChange={open => !open && props.onClose()}>
      <form onSubmit={confirm}>
        <DialogHeader>{words.title(people)}</DialogHeader>
        <DialogBody>
          <Flex direction="column" gap="4">
            <Text as="p">{`${words.text} It holds for exactly ${people}: if it is another number by then, nothing is done.`}</Text>
            <TextField
              label="Reason"
              description="Kept with the runs, and told to the people."
              maxLength={500}
              isRequired
              // The dialog exists to be filled in.
              // eslint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              value={reason}
              onChange={setReason}
            />
            {operation === 'remove' && (
              <TextField
                label={`How many people? Type ${count}`}
                inputMode="numeric"
                isRequired
                value={typed}
                onChange={setTyped}
              />
            )}
          </Flex>
        </DialogBody>
        <DialogFooter>
          <Button type="submit" destructive isDisabled={!given || !isSure}>
            {words.action(people)}
          </Button>
          <Button variant="secondary" onPress={props.onClose}>
            Leave it
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
};
