import {
  runKindSchema,
  runStateSchema,
  type RunKind,
  type RunState,
} from '@formulary/plugin-provisioning-common';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** What narrows the list of runs. */
export interface RunsFilter {
  state?: RunState;
  kind?: RunKind;
  /** Those that wait for it, or failed there. */
  service?: string;
}

/** Keeps the filter in the page's address, so that other pages lead to runs of theirs and a reload shows the same. */
export function useRunsFilter(): [RunsFilter, (filter: RunsFilter) => void] {
  const [params, setParams] = useSearchParams();
  const filter = useMemo(
    (): RunsFilter => ({
      state: runStateSchema.safeParse(params.get('state')).data,
      kind: runKindSchema.safeParse(params.get('kind')).data,
      service: params.get('service') || undefined,
    }),
    [params],
  );
  const change = (wanted: RunsFilter) =>
    setParams(new URLSearchParams(queryOf(wanted)), { replace: true });
  return [filter, change];
}

/** A filter as the query of an address. */
export function queryOf({ state, kind, service }: RunsFilter): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries({ state, kind, service })) {
    if (value) query.set(key, value);
  }
  return query.toString();
}
