import { Flex, Text } from '@backstage/ui';
import type { ApprovalState } from '@formulary/plugin-approvals-common';
import {
  RiCheckboxCircleLine,
  RiCheckDoubleLine,
  RiCloseCircleLine,
  RiForbidLine,
  RiHourglassLine,
  RiTimeLine,
} from '@remixicon/react';

const looks = {
  pending: { color: 'warning', Icon: RiTimeLine, words: 'Waits' },
  approved: { color: 'success', Icon: RiCheckboxCircleLine, words: 'Approved' },
  rejected: { color: 'danger', Icon: RiCloseCircleLine, words: 'Rejected' },
  expired: { color: 'secondary', Icon: RiHourglassLine, words: 'Expired' },
  cancelled: { color: 'secondary', Icon: RiForbidLine, words: 'Cancelled' },
  used: { color: 'success', Icon: RiCheckDoubleLine, words: 'Started' },
} as const;

/** A state in a word, told apart by icon as well as by colour. */
export const StateText = ({ state }: { state: ApprovalState }) => {
  const { color, Icon, words } = looks[state];
  return (
    <Flex align="center" gap="1">
      <Text variant="body-small" color={color} aria-hidden>
        <Icon size={16} />
      </Text>
      <Text variant="body-small" color={color}>
        {words}
      </Text>
    </Flex>
  );
};
