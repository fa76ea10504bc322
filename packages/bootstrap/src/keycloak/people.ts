import KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import UserRepresentation from '@keycloak/keycloak-admin-client/lib/defs/userRepresentation';
import { Outcome } from '../report';
import { MATTERMOST_ID } from './realm';

/** Users a page of Keycloak's list. */
const PAGE_SIZE = 100;

/** Somebody who is to be there from the start. */
export interface WantedPerson {
  username: string;
  firstName: string;
  lastName: string;
  email: string;
  password: string;
  /** Alias. */
  organisation: string;
  groupIds: string[];
}

/**
 * Makes sure of a person with a verified address, in an organisation and groups.
 * A person who is there keeps their password.
 */
export async function ensurePerson(
  admin: KeycloakAdminClient,
  realm: string,
  person: WantedPerson,
): Promise<Outcome> {
  const { username, firstName, lastName, email } = person;
  const [present] = await admin.users.find({ realm, username, exact: true });
  const id =
    present?.id ??
    (
      await admin.users.create({
        realm,
        ...{ username, firstName, lastName, email },
        enabled: true,
        emailVerified: true,
        credentials: [{ type: 'password', value: person.password }],
      })
    ).id;
  let changed = false;
  const memberOf = await admin.users.listGroups({ realm, id });
  for (const groupId of person.groupIds) {
    if (memberOf.some(group => group.id === groupId)) continue;
    await admin.users.addToGroup({ realm, id, groupId });
    changed = true;
  }
  const [organisation] = (
    await admin.organizations.find({ realm, search: person.organisation })
  ).filter(({ alias }) => alias === person.organisation);
  const organisations = await admin.organizations.memberOrganizations({
    realm,
    userId: id,
  });
  if (!organisations.some(({ alias }) => alias === person.organisation)) {
    await admin.organizations.addMember({
      realm,
      orgId: organisation.id!,
      userId: id,
    });
    changed = true;
  }
  if (!present) return 'created';
  return changed ? 'updated' : 'was there already';
}

/**
 * Gives everybody who lacks one the next free number for Mattermost. Numbers
 * are never used twice while their person exists.
 *
 * @returns usernames of those who got one
 */
export async function giveNumbers(
  admin: KeycloakAdminClient,
  realm: string,
): Promise<string[]> {
  const users: UserRepresentation[] = [];
  for (let first = 0; ; first += PAGE_SIZE) {
    const page = await admin.users.find({
      realm,
      first,
      max: PAGE_SIZE,
      briefRepresentation: false,
    });
    users.push(...page);
    if (page.length < PAGE_SIZE) break;
  }
  const numberOf = (user: UserRepresentation) =>
    Number(user.attributes?.[MATTERMOST_ID]?.[0] ?? 0);
  let last = Math.max(0, ...users.map(numberOf));
  const given: string[] = [];
  for (const user of users) {
    if (numberOf(user) > 0) continue;
    last += 1;
    await admin.users.update(
      { realm, id: user.id! },
      {
        ...user,
        attributes: { ...user.attributes, [MATTERMOST_ID]: [String(last)] },
      },
    );
    given.push(user.username!);
  }
  return given;
}
