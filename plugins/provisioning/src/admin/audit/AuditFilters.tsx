import { Button, Select, Text, TextField } from '@backstage/ui';
import type { AuditFilter } from '@formulary/plugin-provisioning-common';
import { FormEvent, useState } from 'react';
import { useServices } from '../../api/useServiceTitles';
import styles from './AuditFilters.module.css';

type Words = Record<keyof AuditFilter, string>;

const NOTHING: Words = {
  actor: '',
  userRef: '',
  service: '',
  type: '',
  from: '',
  to: '',
};

/** Stands for no choice of a service. */
const ANY = 'any';

const FIELDS: { key: keyof AuditFilter; label: string; hint: string }[] = [
  { key: 'actor', label: 'By', hint: 'priya' },
  { key: 'userRef', label: 'About', hint: 'bob' },
  { key: 'type', label: 'Type', hint: 'step.failed' },
];

/** A username stands for the ref of a user. */
const refOf = (word: string) =>
  word.includes(':') ? word : `user:default/${word}`;

const DAY_MS = 86_400_000;

/** The beginning of a day here; undefined for none. @throws RangeError when there is no such day */
function dayOf(words: string): Date | undefined {
  if (!words.trim()) return undefined;
  const day = new Date(`${words.trim()}T00:00`);
  if (Number.isNaN(day.getTime())) {
    throw new RangeError(`There is no day ${words}. Write it as 2026-01-31`);
  }
  return day;
}

/** @throws RangeError when a day is none */
function filterOf(words: Words): AuditFilter {
  const trimmed = (key: keyof Words) => words[key].trim() || undefined;
  const userRef = trimmed('userRef');
  const last = dayOf(words.to);
  return {
    actor: trimmed('actor'),
    userRef: userRef && refOf(userRef),
    service: trimmed('service'),
    type: trimmed('type'),
    from: dayOf(words.from)?.toISOString(),
    // The last day belongs to what is shown.
    to: last && new Date(last.getTime() + DAY_MS).toISOString(),
  };
}

/** What narrows the search; taken up when it is sent. */
export const AuditFilters = (props: {
  onChange(filter: AuditFilter): void;
}) => {
  const services = useServices();
  const [words, setWords] = useState(NOTHING);
  const set = (key: keyof Words, value: string) =>
    setWords(before => ({ ...before, [key]: value }));
  const [problem, setProblem] = useState<string>();
  const send = (event: FormEvent) => {
    event.preventDefault();
    try {
      props.onChange(filterOf(words));
      setProblem(undefined);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      setProblem(error.message);
    }
  };
  return (
    <form onSubmit={send} className={styles.form}>
      {FIELDS.map(({ key, label, hint }) => (
        <TextField
          key={key}
          size="small"
          label={label}
          placeholder={hint}
          value={words[key]}
          onChange={value => set(key, value)}
        />
      ))}
      <Select
        size="small"
        label="Service"
        options={[
          { id: ANY, label: 'Any' },
          ...services.map(({ service, title }) => ({
            id: service,
            label: title,
          })),
        ]}
        value={words.service || ANY}
        onChange={key => set('service', key === ANY ? '' : String(key))}
      />
      <TextField
        size="small"
        label="From, YYYY-MM-DD"
        value={words.from}
        onChange={value => set('from', value)}
      />
      <TextField
        size="small"
        label="To, YYYY-MM-DD"
        value={words.to}
        onChange={value => set('to', value)}
      />
      <Button size="small" type="submit" className={styles.search}>
        Search
      </Button>
      {problem && (
        <Text role="alert" variant="body-small" color="danger">
          {problem}
        </Text>
      )}
    </form>
  );
};
