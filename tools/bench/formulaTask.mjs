import { Problem } from '../launch/problem.mjs';
import { until } from './until.mjs';

const ENDED = ['completed', 'failed', 'cancelled', 'skipped'];

/**
 * Runs a template as the portal's pages do, and waits until its task has ended.
 *
 * The task is asked for its state: the stream of its events is read from the
 * database once a second only (scaffolder-backend, StorageTaskBroker.event$).
 *
 * @param portal - API of the portal, in somebody's name
 * @returns milliseconds: `wall` from the request until the end was seen, `task`
 *   from the task's creation to its end, and `steps` by id, both of the task's own events
 * @throws Problem when the task fails
 */
export async function runTemplate(portal, templateRef, values) {
  const since = performance.now();
  const { id } = await portal.post('/api/scaffolder/v2/tasks', {
    templateRef,
    values,
  });
  const task = await until(
    `${templateRef} is done`,
    async () => {
      const current = await portal.get(`/api/scaffolder/v2/tasks/${id}`);
      return ENDED.includes(current.status) ? current : undefined;
    },
    { intervalMs: 50, limitMs: 180_000 },
  );
  const wall = performance.now() - since;
  const events = await portal.get(`/api/scaffolder/v2/tasks/${id}/events`);
  if (task.status !== 'completed') {
    const { message, error } = events.at(-1).body;
    throw new Problem(`${templateRef}: ${error?.message ?? message}`);
  }
  return { wall, ...taskTimes(task, events) };
}

/** Times of a task and its steps, in milliseconds, from its events. */
export function taskTimes({ createdAt, spec }, events) {
  const at = ({ createdAt: moment }) => Date.parse(moment);
  const moment = (stepId, status) =>
    at(
      events.find(
        ({ body }) => body.stepId === stepId && body.status === status,
      ),
    );
  return {
    task:
      at(events.find(({ type }) => type === 'completion')) - at({ createdAt }),
    steps: Object.fromEntries(
      spec.steps.map(({ id }) => [
        id,
        moment(id, 'completed') - moment(id, 'processing'),
      ]),
    ),
  };
}
