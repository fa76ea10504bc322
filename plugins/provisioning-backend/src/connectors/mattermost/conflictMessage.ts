import { MattermostUser } from '@formulary/plugin-mattermost-node';
import { Person } from '@formulary/plugin-provisioning-common';
import { isLocal, isSystemAdmin } from './identity';

/** Why an account with the person's e-mail can't be taken over, and what an admin can do. */
export function conflictMessage(user: MattermostUser, person: Person): string {
  const start = `Mattermost could not give ${person.username} an account: the account ${user.username} has the e-mail ${person.email} already`;
  if (user.is_bot) return `${start} and is a bot. Give it another e-mail`;
  if (!isLocal(user)) {
    return `${start} and is linked to another identity (${user.auth_service}). If it is the same person, an admin can set its auth data to the new identity; otherwise give it another e-mail`;
  }
  if (isSystemAdmin(user)) {
    return `${start} and is a system admin, which is never linked automatically. Link it by hand, or give it another e-mail`;
  }
  if (user.delete_at > 0) {
    return `${start} and is deactivated. Activate it if it is the same person; otherwise give it another e-mail`;
  }
  return `${start}, and the identity provider does not vouch for that address. Verify the e-mail there and try again`;
}
