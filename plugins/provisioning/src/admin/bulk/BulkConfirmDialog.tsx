import { ReasonDialog } from '../ReasonDialog';
import { CONSEQUENCES } from '../words';

const WORDS = {
  suspend: {
    title: (people: string) => `Suspend ${people}?`,
    action: (people: string) => `Suspend ${people}`,
  },
  remove: {
    title: (people: string) => `Remove the accounts of ${people}?`,
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
  const { operation, count, ...handlers } = props;
  const words = WORDS[operation];
  const people = count === 1 ? '1 person' : `${count} people`;
  return (
    <ReasonDialog
      title={words.title(people)}
      text={`${CONSEQUENCES[operation]} It holds for exactly ${people}: if it is another number by then, nothing is done.`}
      description="Kept with the runs, and told to the people."
      action={words.action(people)}
      proof={
        operation === 'remove'
          ? { label: `How many people? Type ${count}`, text: String(count) }
          : undefined
      }
      {...handlers}
    />
  );
};
