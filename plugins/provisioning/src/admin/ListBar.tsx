import type { ReactNode } from 'react';
import { Button, Flex } from '@backstage/ui';
import { RiRefreshLine } from '@remixicon/react';

/** What stands above a list: its filters, and the way to see it anew. */
export const ListBar = (props: { children: ReactNode; onRefresh(): void }) => (
  <Flex justify="between" align="end" gap="3" mb="3">
    <Flex gap="2" align="end" style={{ flexWrap: 'wrap' }}>
      {props.children}
    </Flex>
    <Button
      size="small"
      variant="secondary"
      iconStart={<RiRefreshLine aria-hidden />}
      onPress={props.onRefresh}
    >
      Refresh
    </Button>
  </Flex>
);
