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

/** What somebody wants to do with a request, for which a reason is kept. */
export interface Wish {
  title: string;
  /** What will happen. */
  text: string;
  /** Words of the button that does it. */
  action: string;
  destructive?: boolean;
  /** Whether it takes somebody to hand it to. */
  asksForUser?: boolean;
  do(given: { reason: string; userRef: string }): void;
}

/** Asks for the reason of something before it is done. */
export const ReasonDialog = ({
  wish,
  onClose,
}: {
  wish: Wish;
  onClose(): void;
}) => {
  const [reason, setReason] = useState('');
  const [user, setUser] = useState('');
  const ready = reason.trim() && (!wish.asksForUser || user.trim());
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const name = user.trim();
    wish.do({
      reason: reason.trim(),
      userRef: name.includes(':') ? name : `user:default/${name}`,
    });
    onClose();
  };
  return (
    <Dialog isOpen onOpenChange={open => !open && onClose()}>
      <form onSubmit={confirm}>
        <DialogHeader>{wish.title}</DialogHeader>
        <DialogBody>
          <Flex direction="column" gap="4">
            <Text as="p">{wish.text}</Text>
            {wish.asksForUser && (
              <TextField
                label="To whom"
                description="Username of somebody in the same organisation, such as carol."
                maxLength={200}
                isRequired
                value={user}
                onChange={setUser}
              />
            )}
            <TextField
              label="Reason"
              description="Kept with the request, for everybody who sees it."
              maxLength={1000}
              isRequired
              // The dialog exists to be filled in.
              // eslint-disable-next-line jsx-a11y/no-autofocus
              autoFocus={!wish.asksForUser}
              value={reason}
              onChange={setReason}
            />
          </Flex>
        </DialogBody>
        <DialogFooter>
          <Button
            type="submit"
            destructive={wish.destructive}
            isDisabled={!ready}
          >
            {wish.action}
          </Button>
          <Button variant="secondary" onPress={onClose}>
            Leave it
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
};
