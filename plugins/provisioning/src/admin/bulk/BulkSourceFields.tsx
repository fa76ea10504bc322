import { Flex, Radio, RadioGroup, Text, TextAreaField } from '@backstage/ui';
import type { BulkSource } from '@formulary/plugin-provisioning-common';
import { useState } from 'react';
import { GroupSelect } from './GroupSelect';
import styles from './BulkSourceFields.module.css';

/** Whom a bulk onboarding is for: lines of a file, pasted lines, or a group. */
export const BulkSourceFields = (props: {
  /** Undefined while nothing is chosen. */
  onChange(source: BulkSource | undefined): void;
}) => {
  const [kind, setKind] = useState('file');
  const [file, setFile] = useState<File>();
  const [text, setText] = useState('');
  const [group, setGroup] = useState<string>();

  const fromFile = (chosen: File | undefined, pasted: string) => {
    setFile(chosen);
    setText(pasted);
    props.onChange(chosen ?? (pasted.trim() ? pasted : undefined));
  };
  const fromGroup = (chosen: string | undefined) => {
    setGroup(chosen);
    props.onChange(chosen ? { group: chosen } : undefined);
  };

  return (
    <Flex direction="column" gap="4">
      <RadioGroup
        label="Whom"
        orientation="horizontal"
        value={kind}
        onChange={chosen => {
          setKind(chosen);
          if (chosen === 'group') fromGroup(group);
          else fromFile(undefined, text);
        }}
      >
        <Radio value="file">The people of a file</Radio>
        <Radio value="group">A group of the catalog</Radio>
      </RadioGroup>
      <Text as="p" color="secondary">
        {kind === 'file'
          ? 'A CSV file with the column user (username or ref) or email, and if you like services, separated by semicolons. At most 10,000 lines. '
          : 'Everybody gets what the defaults give them. '}
        Nothing is done before you have seen what would be.
      </Text>
      {kind === 'group' && <GroupSelect value={group} onChange={fromGroup} />}
      {kind === 'file' && (
        <>
          <label>
            <Text variant="body-small">CSV file </Text>
            <input
              className={styles.file}
              type="file"
              accept=".csv,text/csv"
              onChange={event => fromFile(event.target.files?.[0], text)}
            />
          </label>
          {!file && (
            <TextAreaField
              label="Or paste the lines"
              rows={6}
              placeholder={'user,services\nbob,gitea;coder'}
              value={text}
              onChange={pasted => fromFile(undefined, pasted)}
            />
          )}
        </>
      )}
    </Flex>
  );
};
