import { Answer, Caller } from './Caller';
import { KnownRoute } from './knownRoutes';
import { Things } from './things';

/** A request of an attack. */
export interface AttackRequest {
  method: string;
  path: string;
  body?: unknown;
  contentType?: string;
}

/** What stands for path parameters, where the route does not say so itself. */
const defaultParams = (things: Things): Record<string, string> => ({
  kind: 'component',
  namespace: 'default',
  name: things.component,
  uid: things.componentUid,
  taskId: things.task,
  bucket: 'isolation',
  key: things.settingsKey,
});

/**
 * The request that asks a route for some things.
 *
 * @throws Error that says which path parameter nobody has given a meaning
 */
export function requestOf(
  route: string,
  known: KnownRoute,
  things: Things,
): AttackRequest {
  const [verb, pattern] = route.split(' ');
  const params = { ...defaultParams(things), ...known.params?.(things) };
  const path = pattern
    .replace(/:(\w+)(\(\*\))?/g, (_, name: string) => {
      const value = params[name];
      if (value === undefined) {
        throw new Error(
          `${route}: knownRoutes does not say what :${name} stands for`,
        );
      }
      return encodeURIComponent(value);
    })
    .replace('*', 'nothing.js');
  const query = new URLSearchParams(known.query?.(things)).toString();
  return {
    // Of what is mounted at a path, the path itself is asked for.
    method: verb === 'USE' || verb === 'ALL' ? 'GET' : verb,
    path: query ? `${path}?${query}` : path,
    body: known.body?.(things),
    contentType: known.contentType,
  };
}

const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g;
const TIME = /\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)/g;

/** The things that a request names; an answer may repeat them. */
function named(request: AttackRequest, things: Things): string[] {
  const sent = `${decodeURIComponent(request.path)} ${JSON.stringify(
    request.body,
  )}`;
  return Object.values<string>({
    ...things,
    repository: things.component.split('.')[1],
  })
    .filter(value => sent.includes(value))
    .sort((a, b) => b.length - a.length);
}

function without(text: string, values: string[]): string {
  return values.reduce(
    (rest, value) =>
      rest.replaceAll(value, '§').replaceAll(encodeURIComponent(value), '§'),
    text,
  );
}

const send = (caller: Caller, { method, path, ...rest }: AttackRequest) =>
  caller.call(method, path, rest);

/** Whether two requests ask for different things. */
const differ = (a: AttackRequest, b: AttackRequest) =>
  JSON.stringify(a) !== JSON.stringify(b);

/** What came of attacking a route as somebody; `leak` says what was given away. */
export interface Outcome {
  status: number;
  leak?: string;
}

/** Attacks a route as somebody of another organisation. */
export async function attackAsStranger(options: {
  caller: Caller;
  request: (things: Things) => AttackRequest;
  theirs: Things;
  nothings: Things;
  /** What only Acme may read. */
  secrets: RegExp;
}): Promise<Outcome> {
  const { caller, theirs, nothings, secrets } = options;
  const request = options.request(theirs);
  const answer = await send(caller, request);
  const rest = without(answer.text, named(request, theirs));
  const secret = secrets.exec(rest);
  if (secret) {
    const at = Math.max(0, secret.index - 80);
    return {
      status: answer.status,
      leak: `answers with Acme's: …${rest.slice(at, secret.index + 80)}…`,
    };
  }
  const twin = options.request(nothings);
  if (!differ(request, twin)) return { status: answer.status };
  const twinAnswer = await send(caller, twin);
  const seen = alike(answer, named(request, theirs));
  const expected = alike(twinAnswer, named(twin, nothings));
  return seen === expected
    ? { status: answer.status }
    : {
        status: answer.status,
        leak: `tells what exists: ${seen.slice(
          0,
          400,
        )} and, of what does not exist, ${expected.slice(0, 400)}`,
      };
}

/** Attacks a route without being anybody. */
export async function attackAsNobody(options: {
  caller: Caller;
  request: AttackRequest;
  known: KnownRoute;
}): Promise<Outcome> {
  const { caller, request, known } = options;
  const { status, text } = await send(caller, request);
  return status >= 400 || known.public
    ? { status }
    : {
        status,
        leak: `answers somebody who is not signed in: ${text.slice(0, 200)}`,
      };
}

/** What an answer says, apart from what was asked for and the time. */
function alike({ status, text }: Answer, asked: string[]): string {
  return `${status} ${without(text, asked)
    .replace(TIME, '<time>')
    .replace(UUID, '<id>')}`;
}
