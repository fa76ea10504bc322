import { Caller } from './Caller';
import { knownAction } from './knownActions';
import { KnownRoute, knownRoute } from './knownRoutes';
import { Portal, startPortal } from './portal';
import { signIn } from './signIn';
import { makeThings, nothings, Things } from './things';

/** Who signs in for the suite, by the names that the cases give them. */
const USERNAMES = {
  admin: 'priya',
  bob: 'bob',
  hugo: 'hugo',
  gina: 'gina',
} as const;
type SignedIn = keyof typeof USERNAMES;

/** A route, or an action behind the route of actions, and how it is attacked. */
export interface Target {
  route: string;
  known: KnownRoute;
}

/** What every case of the suite acts on: one portal, its people, and what Acme has there. */
export interface Stage {
  portal: Portal;
  tokens: Record<SignedIn, string>;
  callers: Record<SignedIn | 'signedOut' | 'forged', Caller>;
  /** What Acme has. */
  things: Things;
  /** What nobody has. */
  nothing: Things;
  targets: Target[];
  /** Routes and actions that nobody has said how to attack. */
  unknown: string[];
}

const ACTIONS = /^GET (\/api\/[\w-]+\/\.backstage\/actions\/v1\/actions)$/;

/** Every route of the backend, and every action behind the routes of actions. */
async function findTargets(
  portal: Portal,
  bob: Caller,
): Promise<Pick<Stage, 'targets' | 'unknown'>> {
  const targets: Target[] = [];
  const unknown: string[] = [];
  for (const route of portal.recorded.routes) {
    const known = knownRoute(route);
    if (known) targets.push({ route, known });
    else unknown.push(route);
    const actions = ACTIONS.exec(route)?.[1];
    if (!actions) continue;
    const listed = await bob.json('GET', actions);
    for (const { id } of listed.actions) {
      const invoke = `POST ${actions}/:action/invoke`;
      const action = knownAction(id);
      if (action) targets.push({ route: invoke, known: action });
      else unknown.push(`${invoke} with the action ${id}`);
    }
  }
  return { targets, unknown };
}

async function setUp(portal: Portal): Promise<Stage> {
  const tokens = {} as Stage['tokens'];
  const callers = {} as Stage['callers'];
  for (const [name, username] of Object.entries(USERNAMES)) {
    const person = portal.people.find(one => one.username === username)!;
    tokens[name as SignedIn] = await signIn(portal.url, person);
    callers[name as SignedIn] = new Caller(
      name,
      portal.url,
      tokens[name as SignedIn],
    );
  }
  callers.signedOut = new Caller('signed out', portal.url);
  // An administrator's claims under somebody else's signature.
  callers.forged = new Caller(
    'forged',
    portal.url,
    [...tokens.admin.split('.').slice(0, 2), tokens.hugo.split('.')[2]].join(
      '.',
    ),
  );
  return {
    portal,
    tokens,
    callers,
    things: await makeThings(callers.bob, callers.admin),
    nothing: nothings(),
    ...(await findTargets(portal, callers.bob)),
  };
}

/** Sets the stage before the cases, and clears it after them; to be called inside of `describe`. */
export function useStage(): Stage {
  const stage = {} as Stage;
  let portal: Portal | undefined;
  beforeAll(async () => {
    portal = await startPortal();
    Object.assign(stage, await setUp(portal));
  });
  afterAll(() => portal?.stop());
  return stage;
}

/** Begins a task of somebody's own. */
export const startTask = (caller: Caller) =>
  caller.json('POST', '/api/scaffolder/v2/tasks', {
    templateRef: 'template:default/onboarding',
    values: { services: ['gitea'] },
  });
