import { Select } from '@backstage/ui';

const ALL = 'all';

/** Narrows a list to one of several values, or to none. */
export const FilterSelect = <T extends string>(props: {
  label: string;
  /** What stands for no choice. */
  all: string;
  options: Record<T, string>;
  value: T | undefined;
  onChange(value: T | undefined): void;
}) => {
  const ids = Object.keys(props.options) as T[];
  return (
    <Select
      aria-label={props.label}
      size="small"
      options={[
        { id: ALL, label: props.all },
        ...ids.map(id => ({ id, label: props.options[id] })),
      ]}
      value={props.value ?? ALL}
      onChange={key => props.onChange(ids.find(id => id === key))}
    />
  );
};

/** The words of some states, by state. */
export function labelsOf<T extends string>(
  states: Record<T, { words: string }>,
): Record<T, string> {
  const ids = Object.keys(states) as T[];
  return Object.fromEntries(ids.map(id => [id, states[id].words])) as Record<
    T,
    string
  >;
}
