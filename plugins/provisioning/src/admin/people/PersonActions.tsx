import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { RiMore2Line } from '@remixicon/react';
import type {
  PersonEntry,
  RequestedRun,
} from '@formulary/plugin-provisioning-common';
import { useState } from 'react';
import { messageOf } from '@formulary/failure-messages';
import { provisioningApiRef } from '../../api/provisioningApi';
import { accessRouteRef } from '../../routes';
import { ReasonDialog } from '../ReasonDialog';
import { CONSEQUENCES } from '../words';
import { EntitlementsDialog } from './EntitlementsDialog';

/** What an administrator can do for a person, as the person's state allows. */
export const PersonActions = (props: {
  entry: PersonEntry;
  onBegun(runId: string): void;
  onRefused(message: string): void;
}) => {
  const api = useApi(provisioningApiRef);
  const accessPath = useRouteRef(accessRouteRef);
  const [asking, setAsking] = useState<'suspend' | 'remove'>();
  const [wondering, setWondering] = useState(false);
  const { person, lifecycle } = props.entry;
  const { userRef, displayName } = person;

  const begin = async (work: () => Promise<RequestedRun>) => {
    try {
      const { run } = await work();
      props.onBegun(run.id);
    } catch (failure) {
      props.onRefused(messageOf(failure));
    }
  };

  return (
    <>
      <MenuTrigger>
        <ButtonIcon
          size="small"
          variant="secondary"
          aria-label={`What to do for ${displayName}`}
          icon={<RiMore2Line aria-hidden />}
        />
        <Menu>
          <MenuItem onAction={() => setWondering(true)}>
            What would they get?
          </MenuItem>
          {accessPath && (
            <MenuItem
              href={`${accessPath()}?person=${encodeURIComponent(userRef)}`}
            >
              What may they do?
            </MenuItem>
          )}
          {lifecycle.state !== 'suspended' && (
            <MenuItem onAction={() => begin(() => api.onboard({ userRef }))}>
              {lifecycle.state === 'active'
                ? 'Bring accounts up to date'
                : 'Prepare new accounts'}
            </MenuItem>
          )}
          {lifecycle.state === 'suspended' && (
            <MenuItem onAction={() => begin(() => api.restore({ userRef }))}>
              Restore
            </MenuItem>
          )}
          {lifecycle.state === 'active' && (
            <MenuItem color="danger" onAction={() => setAsking('suspend')}>
              Suspend …
            </MenuItem>
          )}
          {lifecycle.state === 'suspended' && (
            <MenuItem color="danger" onAction={() => setAsking('remove')}>
              Remove accounts …
            </MenuItem>
          )}
        </Menu>
      </MenuTrigger>
      {wondering && (
        <EntitlementsDialog
          userRef={userRef}
          displayName={displayName}
          onClose={() => setWondering(false)}
        />
      )}
      {asking && (
        <ReasonDialog
          title={
            asking === 'suspend'
              ? `Suspend ${displayName}?`
              : `Remove ${displayName}'s accounts?`
          }
          text={CONSEQUENCES[asking]}
          description="Kept with the run, and told to the person."
          action={asking === 'suspend' ? 'Suspend' : 'Remove accounts'}
          onClose={() => setAsking(undefined)}
          onConfirm={reason => {
            setAsking(undefined);
            begin(() => api[asking]({ userRef, reason }));
          }}
        />
      )}
    </>
  );
};
