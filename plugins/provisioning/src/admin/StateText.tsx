import { Text } from '@backstage/ui';
import {
  RiCheckboxCircleLine,
  RiErrorWarningLine,
  RiForbidLine,
  RiLoader4Line,
  RiPauseCircleLine,
  RiTimeLine,
} from '@remixicon/react';
import styles from './StateText.module.css';

const looks = {
  good: { color: 'success', Icon: RiCheckboxCircleLine },
  working: { color: 'info', Icon: RiLoader4Line },
  waiting: { color: 'warning', Icon: RiTimeLine },
  bad: { color: 'danger', Icon: RiErrorWarningLine },
  paused: { color: 'warning', Icon: RiPauseCircleLine },
  ended: { color: 'secondary', Icon: RiForbidLine },
} as const;

/** How a state looks. */
export type Look = keyof typeof looks;

/** A state in a word, told apart by icon as well as by colour. */
export const StateText = ({ look, words }: { look: Look; words: string }) => {
  const { color, Icon } = looks[look];
  return (
    <Text
      variant="body-small"
      color={color}
      className={`${styles.state} ${look === 'working' ? styles.working : ''}`}
    >
      <Icon size={16} aria-hidden />
      {words}
    </Text>
  );
};
