/** Services in which everybody gets an account. */
export const SERVICES = ['gitea', 'coder', 'mattermost', 'twenty'];

const FIRST = 'run.created';

/**
 * What is wrong with the events of a run, as sentences; empty when its chain is complete.
 *
 * @param run - `{ state, events: [{ type, service }], steps: [{ service, state, attempts }] }`
 */
export function chainProblems({ state, events, steps }) {
  const types = events.map(({ type }) => type);
  const problems = [];
  const wants = (holds, problem) => {
    if (!holds) problems.push(problem);
  };
  wants(types[0] === FIRST, `begins with ${types[0]}, not ${FIRST}`);
  if (state === 'failed' && steps.length === 0) {
    wants(types.includes('run.refused'), 'failed without having been refused');
    return problems;
  }
  wants(state === 'succeeded', `is ${state}`);
  wants(
    types.filter(type => type === 'run.succeeded').length === 1,
    'has not succeeded exactly once',
  );
  wants(
    steps
      .map(({ service }) => service)
      .sort()
      .join() === [...SERVICES].sort().join(),
    `has steps for ${steps.map(({ service }) => service).join()}`,
  );
  for (const { service, attempts } of steps) {
    const own = events
      .filter(event => event.service === service)
      .map(({ type }) => type);
    const started = own.filter(type => type === 'step.started').length;
    wants(own[0] === 'step.started', `${service} begins with ${own[0]}`);
    wants(
      own.filter(type => type === 'step.succeeded').length === 1 &&
        own.at(-1) === 'step.succeeded',
      `${service} ends with ${own.at(-1)}`,
    );
    wants(
      started >= attempts,
      `${service} was started ${started} times, but counts ${attempts} attempts`,
    );
  }
  return problems;
}
