import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Button, Flex, Text } from '@backstage/ui';
import {
  BULK_MAX_PERSONS,
  BulkOperation,
  PersonLifecycle,
} from '@formulary/plugin-provisioning-common';
import { useNavigate } from 'react-router-dom';
import { bulkRouteRef } from '../../routes';
import type { BulkWish } from '../bulk/bulkWish';
import styles from './PeopleActionBar.module.css';

const people = (count: number) =>
  count === 1 ? '1 person' : `${count} people`;

/** What can be done for people in a state; what it would lead to is shown before anything is. */
const ACTIONS: {
  operation: BulkOperation;
  of: PersonLifecycle['state'];
  destructive?: boolean;
  words(count: number): string;
}[] = [
  {
    operation: 'update',
    of: 'active',
    words: count => `Bring ${people(count)} up to date …`,
  },
  {
    operation: 'suspend',
    of: 'active',
    destructive: true,
    words: count => `Suspend ${people(count)} …`,
  },
  {
    operation: 'restore',
    of: 'suspended',
    words: count => `Restore ${people(count)} …`,
  },
  {
    operation: 'remove',
    of: 'suspended',
    destructive: true,
    words: count => `Remove the accounts of ${people(count)} …`,
  },
];

/** Leads from people who were chosen to what can be done for all of them. Its place is kept while nobody is. */
export const PeopleActionBar = (props: {
  /** States of the people who are chosen, by ref. */
  chosen: Map<string, PersonLifecycle['state']>;
  onClear(): void;
}) => {
  const { chosen, onClear } = props;
  const navigate = useNavigate();
  const bulkPath = useRouteRef(bulkRouteRef);
  const go = (wish: BulkWish) => {
    if (bulkPath) navigate(bulkPath(), { state: wish });
  };
  return (
    <div role="group" aria-label="For the chosen people" className={styles.bar}>
      <Text variant="body-small" color="secondary" role="status">
        {wordsOf(chosen.size)}
      </Text>
      {chosen.size > 0 && (
        <Flex gap="2" align="center" style={{ flexWrap: 'wrap' }}>
          {chosen.size <= BULK_MAX_PERSONS &&
            ACTIONS.map(({ operation, of, destructive, words }) => {
              const persons = [...chosen.keys()].filter(
                userRef => chosen.get(userRef) === of,
              );
              return (
                persons.length > 0 && (
                  <Button
                    key={operation}
                    size="small"
                    variant="secondary"
                    destructive={destructive}
                    onPress={() => go({ operation, persons })}
                  >
                    {words(persons.length)}
                  </Button>
                )
              );
            })}
          <Button size="small" variant="tertiary" onPress={onClear}>
            Choose nobody
          </Button>
        </Flex>
      )}
    </div>
  );
};

function wordsOf(count: number): string {
  if (count === 0) return 'Choose people to do something for all of them.';
  if (count > BULK_MAX_PERSONS) {
    return `${count} chosen. More than ${BULK_MAX_PERSONS} go as a file, under Bulk.`;
  }
  return `${count} chosen`;
}
