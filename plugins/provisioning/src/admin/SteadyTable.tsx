import { Alert, Table, type TableItem, type TableProps } from '@backstage/ui';
import { useEffect, useMemo, useRef, useState } from 'react';
import { messageOf } from '@formulary/failure-messages';

/** Loading that is over sooner is not shown: lists that follow what happens would flicker. */
const PATIENCE_MS = 500;

/** Widths below which cells lose their words: narrower windows scroll the table sideways. */
const MIN_WIDTH = 128;
const MIN_WIDE_WIDTH = 240;

/**
 * A table that stays as it is while its rows are read anew, and keeps them
 * when that fails.
 */
export const SteadyTable = <T extends TableItem>(props: TableProps<T>) => {
  const { columnConfig, data, error, isStale = false } = props;
  const columns = useMemo(
    () =>
      columnConfig.map(column => ({
        minWidth: column.width === '2fr' ? MIN_WIDE_WIDTH : MIN_WIDTH,
        ...column,
      })),
    [columnConfig],
  );
  const [isSlow, setIsSlow] = useState(false);
  const before = useRef(data);
  useEffect(() => {
    if (data) before.current = data;
  }, [data]);
  useEffect(() => {
    if (!isStale) {
      setIsSlow(false);
      return undefined;
    }
    const timer = setTimeout(() => setIsSlow(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isStale]);

  const kept = data ?? before.current;
  return (
    <>
      {error && (
        <Alert
          status="danger"
          icon
          title={
            kept
              ? 'This may be out of date: it could not be read anew'
              : 'The list could not be read'
          }
          description={messageOf(error)}
          mb="3"
        />
      )}
      {(kept || !error) && (
        <Table
          {...props}
          columnConfig={columns}
          data={kept}
          error={undefined}
          isStale={isStale && isSlow}
        />
      )}
    </>
  );
};
