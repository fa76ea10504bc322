import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  Alert,
  Button,
  Container,
  Flex,
  Header,
  Skeleton,
} from '@backstage/ui';
import { accessReadPermission } from '@formulary/plugin-access-common';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Facts } from './Facts';
import { PermissionList } from './PermissionList';
import { PersonPicker } from './PersonPicker';
import { useReport } from './useReport';
import { nameOf } from './words';

/** Ref of the user who looks; undefined until it is known. */
function useOwnRef(): string | undefined {
  const identity = useApi(identityApiRef);
  const [ref, setRef] = useState<string>();
  useEffect(() => {
    let gone = false;
    const read = async () => {
      const { userEntityRef } = await identity.getBackstageIdentity();
      if (!gone) setRef(userEntityRef);
    };
    read();
    return () => {
      gone = true;
    };
  }, [identity]);
  return ref;
}

/** What somebody may do, and why: the user themselves, or whom `?person=` names. */
export const AccessPage = () => {
  const [params, setParams] = useSearchParams();
  const ownRef = useOwnRef();
  const { allowed: maySeeOthers } = usePermission({
    permission: accessReadPermission,
  });
  const userRef = params.get('person') ?? ownRef;
  const isOwn = userRef === ownRef;
  const { report, error, refresh } = useReport(userRef);
  const name = report?.displayName ?? (userRef ? nameOf(userRef) : '');
  return (
    <>
      <Header
        title={isOwn ? 'What may I do?' : `What may ${name} do?`}
        description="Every permission of the portal, and what it comes from: roles, groups and policies as they are now."
      />
      <Container mb="8">
        <Flex direction="column" gap="5">
          {maySeeOthers && (
            <PersonPicker
              shown={name}
              onPick={person => setParams({ person })}
            />
          )}
          {error && (
            <Alert
              role="alert"
              status="danger"
              icon
              title="It could not be read"
              description={error}
              customActions={
                <Button size="small" onPress={refresh}>
                  Try again
                </Button>
              }
            />
          )}
          {!report && !error && (
            <Flex
              direction="column"
              gap="3"
              role="status"
              aria-label="Reading roles and policies"
            >
              <Skeleton width="100%" height={120} />
              <Skeleton width="100%" height={320} />
            </Flex>
          )}
          {report && report.unread.length > 0 && (
            <Alert
              status="warning"
              icon
              title="Something is missing here"
              description={`These plugins did not say which permissions they have: ${report.unread.join(
                ', ',
              )}`}
            />
          )}
          {report?.isDisabled && (
            <Alert
              status="warning"
              icon
              title={`${name} is disabled at the identity provider`}
              description="Nothing is allowed, whatever the roles below say, until the account is enabled there."
            />
          )}
          {report && (
            <>
              <Facts report={report} />
              <PermissionList key={report.userRef} report={report} />
            </>
          )}
        </Flex>
      </Container>
    </>
  );
};
