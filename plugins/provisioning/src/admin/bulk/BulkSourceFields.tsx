import { Flex, Radio, RadioGroup, Text, TextAreaField } from '@backstage/ui';
import type {
  BulkOperation,
  BulkSource,
} from '@formulary/plugin-provisioning-common';
import { useState } from 'react';
import { namesInWords } from './bulkWords';
import { GroupSelect } from './GroupSelect';
import styles from './BulkSourceFields.module.css';

/** Whom a bulk job is for: lines of a file, pasted lines, a group, or people chosen before. */
export const BulkSourceFields = (props: {
  operation: BulkOperation;
  /** Refs of the people who were chosen elsewhere. */
  chosen?: string[];
  /** Undefined while nothing is chosen. */
  onChange(source: BulkSource | undefined): void;
}) => {
  const { chosen: persons, operation } = props;
  const [kind, setKind] = useState(persons ? 'persons' : 'file');
  const takesServices = operation === 'onboard' || operation === 'update';
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
          if (chosen === 'persons' && persons) props.onChange({ persons });
          else if (chosen === 'group') fromGroup(group);
          else fromFile(undefined, text);
        }}
      >
        {persons && <Radio value="persons">The people you chose</Radio>}
        <Radio value="file">The people of a file</Radio>
        <Radio value="group">A group of the catalog</Radio>
      </RadioGroup>
      <Text as="p" color="secondary">
        {kind === 'persons' && persons && `${namesInWords(persons)}. `}
        {kind === 'file' &&
          `A CSV file with the column user (username, ref or e-mail) or email${
            takesServices
              ? ', and if you like services, separated by semicolons'
              : ''
          }. At most 10,000 lines. `}
        {kind === 'group' &&
          operation === 'onboard' &&
          'Everybody gets what the defaults give them. '}
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
              placeholder={
                takesServices
                  ? 'user,services\nbob,gitea;coder'
                  : 'user\nbob\ncarol@acme.example'
              }
              value={text}
              onChange={pasted => fromFile(undefined, pasted)}
            />
          )}
        </>
      )}
    </Flex>
  );
};
