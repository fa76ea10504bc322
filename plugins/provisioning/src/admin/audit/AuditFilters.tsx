import { Button, TextField } from '@backstage/ui';
import type { AuditFilter } from '@formulary/plugin-provisioning-common';
import { FormEvent, useState } from 'react';

type Words = Record<keyof AuditFilter, string>;

const NOTHING: Words = {
  actor: '',
  userRef: '',
  service: '',
  type: '',
  from: '',
  to: '',
};

const FIELDS: { key: keyof AuditFilter; label: string; hint: string }[] = [
  { key: 'actor', label: 'By', hint: 'user:default/priya' },
  { key: 'userRef', label: 'About', hint: 'bob' },
  { key: 'service', label: 'Service', hint: 'gitea' },
  { key: 'type', label: 'Type', hint: 'step.failed' },
];

/** A username stands for the ref of a user. */
const refOf = (word: string) =>
  word.includes(':') ? word : `user:default/${word}`;

const DAY_MS = 86_400_000;

function filterOf(words: Words): AuditFilter {
  const trimmed = (key: keyof Words) => words[key].trim() || undefined;
  const userRef = trimmed('userRef');
  return {
    actor: trimmed('actor'),
    userRef: userRef && refOf(userRef),
    service: trimmed('service'),
    type: trimmed('type'),
    from: words.from
      ? new Date(`${words.from}T00:00`).toISOString()
      : undefined,
    // The last day belongs to what is shown.
    to: words.to
      ? new Date(new Date(`${words.to}T00:00`).getTime() + DAY_MS).toISOString()
      : undefined,
  };
}

/** What narrows the search; taken up when it is sent. */
export const AuditFilters = (props: {
  onChange(filter: AuditFilter): void;
}) => {
  const [words, setWords] = useState(NOTHING);
  const set = (key: keyof Words, value: string) =>
    setWords(before => ({ ...before, [key]: value }));
  const send = (event: FormEvent) => {
    event.preventDefault();
    props.onChange(filterOf(words));
  };
  return (
    <form
      onSubmit={send}
      style={{ display: 'flex', gap: 8, flexWrap: 'wrap', alignItems: 'end' }}
    >
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
      <TextField
        size="small"
        label="From, YYYY-MM-DD"
        pattern="\d{4}-\d{2}-\d{2}"
        value={words.from}
        onChange={value => set('from', value)}
      />
      <TextField
        size="small"
        label="To, YYYY-MM-DD"
        pattern="\d{4}-\d{2}-\d{2}"
        value={words.to}
        onChange={value => set('to', value)}
      />
      <Button size="small" type="submit">
        Search
      </Button>
    </form>
  );
};
