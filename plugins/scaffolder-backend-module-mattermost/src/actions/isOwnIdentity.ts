import { MattermostSso } from '@formulary/plugin-mattermost-node';
import { PersonStatus } from '@formulary/plugin-provisioning-common';

/**
 * Whether an account to be made is that of the person who runs the task: their
 * name, their verified e-mail, and what the identity provider will send for
 * them. One of them alone would let them take a colleague's.
 */
export function isOwnIdentity(
  status: PersonStatus | undefined,
  sso: MattermostSso,
  wanted: { username: string; email: string; authData: string },
): boolean {
  const person = status?.person;
  if (!status || !person?.emailVerified) return false;
  const account = status.accounts.find(
    ({ service }) => service === 'mattermost',
  );
  const identity =
    sso.mode === 'gitlab'
      ? person.attributes?.[sso.idAttribute]
      : person.subject;
  return (
    person.email.toLowerCase() === wanted.email.toLowerCase() &&
    (account?.username ?? person.username).toLowerCase() === wanted.username &&
    identity === wanted.authData
  );
}
