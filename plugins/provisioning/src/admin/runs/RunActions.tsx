import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Button, Flex } from '@backstage/ui';
import type { Run } from '@formulary/plugin-provisioning-common';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { runsRouteRef } from '../../routes';
import { RollbackDialog } from './RollbackDialog';
import { RunInSight } from './useRun';

/** Whether a run left accounts behind that may be removed again. */
function hasLeftovers({ kind, steps }: Run): boolean {
  return (
    kind === 'onboard' && steps.some(({ outcome }) => outcome === 'created')
  );
}

/** What can be done for a run, as its state allows. */
export const RunActions = (
  props: { run: Run } & Pick<
    RunInSight,
    'busy' | 'retry' | 'resume' | 'cancel'
  >,
) => {
  const { run, busy, retry, resume, cancel } = props;
  const [asking, setAsking] = useState(false);
  const runsPath = useRouteRef(runsRouteRef);
  const navigate = useNavigate();
  const hasFailed = run.state === 'failed' && !run.rolledBackBy;
  const isCancelled = run.state === 'cancelled' && !run.rolledBackBy;
  return (
    <Flex gap="2">
      {hasFailed && (
        <Button size="small" isDisabled={busy} onPress={retry}>
          Retry
        </Button>
      )}
      {isCancelled && (
        <Button size="small" isDisabled={busy} onPress={resume}>
          Resume
        </Button>
      )}
      {(hasFailed || isCancelled) && hasLeftovers(run) && (
        <Button
          size="small"
          variant="secondary"
          isDisabled={busy}
          onPress={() => setAsking(true)}
        >
          Roll back …
        </Button>
      )}
      {run.state === 'running' && (
        <Button
          size="small"
          variant="secondary"
          isDisabled={busy}
          onPress={cancel}
        >
          Cancel
        </Button>
      )}
      {asking && (
        <RollbackDialog
          run={run}
          onClose={() => setAsking(false)}
          onBegun={runId => {
            setAsking(false);
            navigate(`${runsPath?.() ?? ''}/${runId}`);
          }}
        />
      )}
    </Flex>
  );
};
