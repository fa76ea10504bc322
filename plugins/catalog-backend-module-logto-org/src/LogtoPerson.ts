import { LogtoUser } from '@formulary/plugin-logto-node';
import { NamedUser } from '@formulary/plugin-organization-sync-node';

/** A user of Logto with the name that the portal calls them by. */
export interface LogtoPerson extends NamedUser {
  user: LogtoUser;
}

/** Who signs up by e-mail has no username. Part of an address would not be theirs alone; the id is. */
export function personOf(user: LogtoUser): LogtoPerson {
  return {
    id: user.id,
    username: user.username || user.id,
    enabled: !user.isSuspended,
    user,
  };
}
