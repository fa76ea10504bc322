import {
  attackAsNobody,
  attackAsStranger,
  Outcome,
  requestOf,
} from '../attack';
import { Caller } from '../Caller';
import { KnownRoute } from '../knownRoutes';
import { Stage, Target } from '../stage';
import { stateOfAcme } from '../state';
import { Things } from '../things';

/** What stands in Acme's things only; examples in docs speak of "alice" and "acme" too. */
const namesOfAcme = [
  '(?:user|group):default/(?:alice|bob|carol|acme)',
  '"(?:alice|bob|carol|acme)"',
  '@acme\\.example',
  'acme-(?:leads|developers|private|vault|plan)',
  'Acme.s own',
  'secret of Acme',
  'Moreau|Tanaka|Okafor',
].join('|');

/** What every actor gets of a route. */
async function attack(
  { callers, things, nothing }: Stage,
  { route, known }: Target,
  secrets: RegExp,
): Promise<Record<string, Outcome>> {
  const request = (wanted: Things) => requestOf(route, known, wanted);
  const stranger = (caller: Caller) =>
    attackAsStranger({
      caller,
      request,
      theirs: things,
      nothings: nothing,
      secrets,
    });
  const nobody = (caller: Caller) =>
    attackAsNobody({ caller, request: request(things), known });
  return {
    'globex developer': await stranger(callers.hugo),
    'globex admin': await stranger(callers.gina),
    'signed out': await nobody(callers.signedOut),
    'forged token': await nobody(callers.forged),
  };
}

/** Somebody has said of each route how it is attacked. */
export function knowsEveryRoute({ portal, unknown }: Stage) {
  expect(portal.recorded.routes.length).toBeGreaterThan(200);
  const plea =
    'Say in packages/backend/src/isolation/__testUtils__/knownRoutes (actions: knownActions.ts) how each of these routes is attacked';
  expect({ [plea]: unknown }).toEqual({ [plea]: [] });
  const reach =
    'These routes are on routers that the recorder does not reach from the root: mount them with use(), or teach routeRecorder.ts';
  expect({ [reach]: portal.recorded.hidden }).toEqual({ [reach]: [] });
}

/** A suite that asks for nothing proves nothing. */
export async function showsAcmeToItsDeveloper({
  callers,
  targets,
  things,
}: Stage) {
  const secrets = new RegExp(namesOfAcme, 'i');
  const hidden: string[] = [];
  for (const { route, known } of targets.filter(
    ({ known: { shown } }) => shown,
  )) {
    const { method, path, ...rest } = requestOf(route, known, things);
    const answer = await callers.bob.call(method, path, rest);
    if (answer.status >= 300 || !secrets.test(answer.text)) {
      hidden.push(`${route}: ${answer.status} ${answer.text.slice(0, 300)}`);
    }
  }
  expect(hidden).toEqual([]);
}

/** Every actor asks every route for what is Acme's; prints route × actor × outcome. */
export async function givesNothingToAnybodyElse(stage: Stage) {
  const { callers, targets, things } = stage;
  const before = await stateOfAcme(callers.bob, callers.admin, things);
  const ids = [
    things.componentUid,
    things.location,
    things.locationEntity,
    things.task,
    things.run,
    things.bulk,
    things.reconciliation,
  ].join('|');
  const secretsOf = ({ examples }: KnownRoute) =>
    new RegExp(examples ? ids : `${namesOfAcme}|${ids}`, 'i');
  const rows: string[] = [];
  const leaks: string[] = [];
  for (const { route, known } of targets) {
    const outcomes = await attack(stage, { route, known }, secretsOf(known));
    const { path } = requestOf(route, known, things);
    const label = path.includes('/actions/v1/actions/')
      ? `POST ${decodeURIComponent(path)}`
      : route;
    rows.push(
      [
        label.padEnd(86),
        ...Object.values(outcomes).map(({ status, leak }) =>
          (leak ? `LEAK ${status}` : `${status}`).padEnd(9),
        ),
        known.public ? `public: ${known.public}` : '',
      ].join(' '),
    );
    for (const [actor, { leak }] of Object.entries(outcomes)) {
      if (leak) leaks.push(`${label} as ${actor} ${leak}`);
    }
  }
  process.stdout.write(
    `${[
      `${'route'.padEnd(86)} developer admin     signed-out forged`,
      ...rows,
    ].join('\n')}\n`,
  );
  expect(leaks).toEqual([]);
  await expect(
    stateOfAcme(callers.bob, callers.admin, things),
  ).resolves.toEqual(before);
}
