import { Text } from '@backstage/ui';
import styles from './MissingNames.module.css';
import type { Missing } from './OrganisationSync';
import { nameOf } from './words';

/** Who is missing, as far as names are known, and how many more. */
export const MissingNames = (props: { missing: Missing; title: string }) => {
  const { sample, users, groups } = props.missing;
  const more = users + groups - sample.length;
  return (
    <>
      <ul className={styles.names} aria-label={props.title}>
        {sample.map(ref => (
          <li key={ref}>
            <Text>{nameOf(ref)}</Text>
          </li>
        ))}
      </ul>
      {more > 0 && <Text color="secondary">{`and ${more} more`}</Text>}
    </>
  );
};
