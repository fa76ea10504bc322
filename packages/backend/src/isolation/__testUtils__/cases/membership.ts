import { Caller } from '../Caller';
import { eventually } from '../eventually';
import { KeycloakGroups } from '../KeycloakGroups';
import { signIn } from '../signIn';
import { Stage } from '../stage';

/** Who leaves a group has its rights no longer. It changes who belongs where. */
export async function forgetsAGroupThatWasLeft({ callers, portal }: Stage) {
  const groups = await KeycloakGroups.connect(portal.keycloak);
  const gina = portal.people.find(({ username }) => username === 'gina')!;
  const status = async (caller: Caller) =>
    (await caller.call('GET', '/api/provisioning/persons')).status;

  await groups.joinLike('gina', 'priya');
  await eventually(
    'gina has the rights of her new group',
    async () => (await status(callers.gina)) === 200,
  );
  const claiming = new Caller(
    'gina',
    portal.url,
    await signIn(portal.url, gina),
  );
  expect(await status(claiming)).toBe(200);

  await groups.leaveLike('gina', 'priya');
  await eventually(
    'gina has lost them',
    async () => (await status(claiming)) === 403,
  );
}
