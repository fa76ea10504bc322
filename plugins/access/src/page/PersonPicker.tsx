import { Alert, Combobox } from '@backstage/ui';
import { useState } from 'react';
import styles from './PersonPicker.module.css';
import { usePeople } from './usePeople';

/** Chooses a person of the catalog by name or address. */
export const PersonPicker = (props: {
  /** What stands in the field before somebody types. */
  shown: string;
  onPick(userRef: string): void;
}) => {
  const [typed, setTyped] = useState<string>();
  const [picked, setPicked] = useState<string | null>(null);
  const { people, error } = usePeople(typed ?? '');
  return (
    <>
      <Combobox
        className={styles.picker}
        label="Person"
        placeholder="Name, username or e-mail"
        allowsEmptyCollection
        menuTrigger="focus"
        options={people}
        search={{
          mode: 'server',
          inputValue: typed ?? props.shown,
          onInputChange: setTyped,
        }}
        onFocus={() => {
          setPicked(null);
          setTyped('');
        }}
        onBlur={() => setTyped(undefined)}
        value={picked}
        onChange={key => {
          const person = people.find(({ id }) => id === key);
          if (!person) return;
          setPicked(person.id);
          // The field has to say what was picked, or the list opens again.
          setTyped(person.label);
          props.onPick(person.id);
        }}
      />
      {error && (
        <Alert
          role="alert"
          status="danger"
          icon
          title="The people could not be searched"
          description={error}
        />
      )}
    </>
  );
};
