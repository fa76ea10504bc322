import type { TableProps } from '@backstage/ui';
import type {
  PersonEntry,
  PersonLifecycle,
} from '@formulary/plugin-provisioning-common';
import { useEffect, useState } from 'react';

type Chosen = Map<string, PersonLifecycle['state']>;
type Row = PersonEntry & { id: string };

/** People who are chosen in a list, on whatever page of it; their states are as last seen. */
export function useChosenPeople(shown: Row[] | undefined): {
  chosen: Chosen;
  selection: NonNullable<TableProps<Row>['selection']>;
  clear(): void;
} {
  const [chosen, setChosen] = useState<Chosen>(new Map());

  useEffect(() => {
    setChosen(before => {
      const changed = (shown ?? []).filter(
        ({ id, lifecycle }) =>
          before.has(id) && before.get(id) !== lifecycle.state,
      );
      return changed.length > 0
        ? new Map([...before, ...changed.map(stateOf)])
        : before;
    });
  }, [shown]);

  return {
    chosen,
    clear: () => setChosen(new Map()),
    selection: {
      mode: 'multiple',
      behavior: 'toggle',
      selected: new Set(chosen.keys()),
      onSelectionChange: keys =>
        setChosen(before => {
          const known = new Map([...before, ...(shown ?? []).map(stateOf)]);
          // All that are shown, not all that there are.
          if (keys === 'all') return known;
          return new Map(
            [...keys].flatMap(key => {
              const state = known.get(String(key));
              return state ? [[String(key), state] as const] : [];
            }),
          );
        }),
    },
  };
}

function stateOf({ id, lifecycle }: Row) {
  return [id, lifecycle.state] as const;
}
