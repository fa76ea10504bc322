import {
  MattermostAuth,
  MattermostClient,
  MattermostUser,
} from '@formulary/plugin-mattermost-node';
import { Person } from '@formulary/plugin-provisioning-common';
import { ConnectorCallOptions } from '@formulary/plugin-provisioning-node';
import { accountNames } from '../naming';
import { hasAuth, isLocal, isSystemAdmin, parked } from './identity';
import { mattermostNameRules } from './nameRules';

/**
 * An account that may be a person's, and why.
 *
 * - `link`: it has the person's identity.
 * - `parked`: it has it, put aside by a suspend.
 * - `email`: a local account, no admin's and no bot's, with the address that the identity provider vouches for.
 * - `known`: a local account, no admin's and no bot's, that an earlier call answered for the person.
 * - `foreign`: it has the address, but is somebody else's or not provably the person's.
 */
export interface Located {
  user: MattermostUser;
  proof: 'link' | 'parked' | 'email' | 'known' | 'foreign';
}

/**
 * Looks for a person's account.
 *
 * Mattermost has no look-up by identity, so the account that an earlier call
 * answered and those with the person's address and names are read and their
 * identity compared. A name alone proves nothing.
 */
export async function locate(
  client: MattermostClient,
  person: Person,
  identity: MattermostAuth | undefined,
  options?: ConnectorCallOptions,
): Promise<Located | undefined> {
  const known =
    options?.externalId === undefined
      ? undefined
      : await client.users.byId(options.externalId, options);
  const knownLink = known && linked(known, identity);
  if (knownLink) return knownLink;
  // Without single sign-on there is no link that could tell.
  if (known && !identity && isAdoptable(known)) {
    return { user: known, proof: 'known' };
  }
  const byEmail = await client.users.byEmail(person.email, options);
  const own = byEmail && linked(byEmail, identity);
  if (own) return own;
  if (identity) {
    for (const name of accountNames(person, mattermostNameRules)) {
      const user = await client.users.byUsername(name, options);
      const named = user && linked(user, identity);
      if (named) return named;
    }
  }
  if (!byEmail) return undefined;
  const isProven = person.emailVerified && isAdoptable(byEmail);
  return { user: byEmail, proof: isProven ? 'email' : 'foreign' };
}

/** Reads every account for one with this identity: for the rare case that name and address both differ. */
export async function locateByScan(
  client: MattermostClient,
  identity: MattermostAuth,
  options?: ConnectorCallOptions,
): Promise<Located | undefined> {
  for await (const user of client.users.all(options)) {
    const found = linked(user, identity);
    if (found) return found;
  }
  return undefined;
}

function isAdoptable(user: MattermostUser) {
  return isLocal(user) && !isSystemAdmin(user) && user.is_bot !== true;
}

function linked(
  user: MattermostUser,
  identity: MattermostAuth | undefined,
): Located | undefined {
  if (!identity) return undefined;
  if (hasAuth(user, identity)) return { user, proof: 'link' };
  if (hasAuth(user, parked(identity))) return { user, proof: 'parked' };
  return undefined;
}
