import { Text } from '@backstage/ui';
import type { AccessOutcome } from '@formulary/plugin-access-common';
import {
  RiCheckboxCircleLine,
  RiFilterLine,
  RiForbidLine,
} from '@remixicon/react';
import styles from './OutcomeText.module.css';
import { OUTCOMES } from './words';

const looks = {
  good: { color: 'success', Icon: RiCheckboxCircleLine },
  some: { color: 'info', Icon: RiFilterLine },
  no: { color: 'secondary', Icon: RiForbidLine },
} as const;

/** An outcome in a word, told apart by icon as well as by colour. */
export const OutcomeText = ({ outcome }: { outcome: AccessOutcome }) => {
  const { words, look } = OUTCOMES[outcome];
  const { color, Icon } = looks[look];
  return (
    <Text variant="body-small" color={color} className={styles.outcome}>
      <Icon size={16} aria-hidden />
      {words}
    </Text>
  );
};
