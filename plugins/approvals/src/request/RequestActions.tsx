import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Flex } from '@backstage/ui';
import type { ApprovalDetails } from '@formulary/plugin-approvals-common';
import { useState } from 'react';
import { approvalsApiRef } from '../api/approvalsApi';
import { shortName } from '../requests/shortName';
import { ReasonDialog, type Wish } from './ReasonDialog';
import type { RequestInSight } from './useRequest';
import { useStart } from './useStart';

/** What the user may do with a request. */
export const RequestActions = ({
  request,
  busy,
  wish,
}: Pick<RequestInSight, 'busy' | 'wish'> & { request: ApprovalDetails }) => {
  const api = useApi(approvalsApiRef);
  const start = useStart();
  const [asking, setAsking] = useState<Wish>();
  const { id, title, may, requester } = request;
  const decide = (decision: 'approve' | 'reject'): Wish => ({
    title: `${decision === 'approve' ? 'Approve' : 'Reject'} "${title}"`,
    text:
      decision === 'approve'
        ? `${shortName(requester)} may then start it once, just as it is shown.`
        : `${shortName(requester)} is told why, and may ask again.`,
    action: decision === 'approve' ? 'Approve' : 'Reject',
    destructive: decision === 'reject',
    do: ({ reason }) => wish(() => api.decide(id, { decision, reason })),
  });
  const delegate: Wish = {
    title: `Delegate "${title}"`,
    text: 'Somebody else may then decide as well. Whoever is first decides.',
    action: 'Delegate',
    asksForUser: true,
    do: given => wish(() => api.delegate(id, given)),
  };
  const cancel: Wish = {
    title: `Cancel "${title}"`,
    text: 'The request is taken back. It can be asked for again.',
    action: 'Cancel the request',
    destructive: true,
    do: ({ reason }) => wish(() => api.cancel(id, { reason })),
  };
  return (
    <Flex gap="2" style={{ flexWrap: 'wrap' }}>
      {may.start && (
        <Button isDisabled={busy} onPress={() => wish(() => start(request))}>
          {request.omitted.length > 0 ? 'Fill in and start' : 'Start now'}
        </Button>
      )}
      {may.decide && (
        <>
          <Button
            isDisabled={busy}
            onPress={() => setAsking(decide('approve'))}
          >
            Approve
          </Button>
          <Button
            variant="secondary"
            destructive
            isDisabled={busy}
            onPress={() => setAsking(decide('reject'))}
          >
            Reject
          </Button>
        </>
      )}
      {may.delegate && (
        <Button
          variant="secondary"
          isDisabled={busy}
          onPress={() => setAsking(delegate)}
        >
          Delegate
        </Button>
      )}
      {may.cancel && (
        <Button
          variant="secondary"
          isDisabled={busy}
          onPress={() => setAsking(cancel)}
        >
          Cancel
        </Button>
      )}
      {asking && (
        <ReasonDialog wish={asking} onClose={() => setAsking(undefined)} />
      )}
    </Flex>
  );
};
