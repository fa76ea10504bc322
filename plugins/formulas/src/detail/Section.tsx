import { Text } from '@backstage/ui';
import { useId, type ReactNode } from 'react';
import styles from './Section.module.css';

/** A part of the page with a heading that names it. */
export const Section = (props: { title: string; children: ReactNode }) => {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.section}>
      <Text as="h3" id={id} variant="body-large" weight="bold">
        {props.title}
      </Text>
      {props.children}
    </section>
  );
};
