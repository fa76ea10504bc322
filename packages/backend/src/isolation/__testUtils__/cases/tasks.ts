import { Caller } from '../Caller';
import { eventually } from '../eventually';
import { Stage, startTask } from '../stage';

const TASKS = '/api/scaffolder/v2/tasks';
const READS = ['', '/events', '/eventstream'];

const refOf = ({ name }: Caller) => `user:default/${name}`;

const list = (caller: Caller, query = '') =>
  caller.json('GET', `${TASKS}?${query}`);

const idsOf = ({ tasks }: { tasks: Array<{ id: string }> }) =>
  tasks.map(({ id }) => id);

/** An organisation's administrators read the tasks of its people, and those of nobody else. */
export async function showsAdministratorsTheTasksOfTheirPeople({
  callers: { gina, hugo, bob },
}: Stage) {
  const started = [
    await startTask(hugo),
    await startTask(gina),
    await startTask(hugo),
  ].map(({ id }) => id);
  const all = await list(gina);
  expect(idsOf(all)).toEqual(expect.arrayContaining(started));
  const people = new Set(
    all.tasks.map((task: { createdBy: string }) => task.createdBy),
  );
  expect(people).toEqual(new Set([refOf(gina), refOf(hugo)]));
  expect(all.totalTasks).toBe(all.tasks.length);

  const paged: string[] = [];
  for (let offset = 0; offset < all.totalTasks; offset += 2) {
    const page = await list(gina, `limit=2&offset=${offset}`);
    expect(page.totalTasks).toBe(all.totalTasks);
    paged.push(...idsOf(page));
  }
  expect(paged).toEqual(idsOf(all));

  const ofHugo = await list(gina, `createdBy=${refOf(hugo)}`);
  expect(idsOf(ofHugo)).toEqual(idsOf(await list(hugo)));
  await expect(list(gina, `createdBy=${refOf(bob)}`)).resolves.toEqual({
    tasks: [],
    totalTasks: 0,
  });
  for (const route of READS) {
    const { status, text } = await gina.call(
      'GET',
      `${TASKS}/${started[0]}${route}`,
    );
    expect(`${route} ${status}`).toBe(`${route} 200`);
    expect(text).toContain(started[0]);
  }
}

/** A task that is retried runs with the rights of whoever retries it, so that only its creator may. */
export async function letsAdministratorsCancelButNotRetry({
  callers: { admin, gina, hugo },
}: Stage) {
  const { id } = await startTask(hugo);
  // The scaffolder answers 500 to who cancels a task before its first step.
  await eventually('a step has begun', async () =>
    (await hugo.call('GET', `${TASKS}/${id}/events`)).text.includes('"stepId"'),
  );
  const cancelled = await gina.call('POST', `${TASKS}/${id}/cancel`);
  expect(cancelled.status).toBe(200);
  for (const caller of [gina, admin]) {
    const { status, text } = await caller.call('POST', `${TASKS}/${id}/retry`, {
      body: {},
    });
    expect(`${caller.name} ${status}`).toBe(`${caller.name} 403`);
    expect(text).toContain('it would run with your rights');
  }
}

/** A developer has nothing to do with the tasks of others, whoever those are. */
export async function showsNoTaskOfAColleague({
  callers: { gina, hugo },
}: Stage) {
  const { id } = await startTask(gina);
  expect(idsOf(await list(hugo))).not.toContain(id);
  for (const route of READS) {
    const { status } = await hugo.call('GET', `${TASKS}/${id}${route}`);
    expect(`${route} ${status}`).toBe(`${route} 404`);
  }
  for (const action of ['cancel', 'retry']) {
    const { status } = await hugo.call('POST', `${TASKS}/${id}/${action}`, {
      body: {},
    });
    expect(`${action} ${status}`).toBe(`${action} 404`);
  }
}

/** Scheduled tasks of plugins are administrators'. */
export async function keepsScheduledTasksToAdministrators({
  callers,
  portal,
}: Stage) {
  const routes = portal.recorded.routes.filter(route =>
    route.includes('/.backstage/scheduler/v1/tasks'),
  );
  expect(routes.length).toBeGreaterThan(10);
  for (const route of routes) {
    const [method, path] = route.replace(':id', 'no-such').split(' ');
    for (const caller of [callers.bob, callers.hugo, callers.gina]) {
      const { status } = await caller.call(method, path);
      expect(`${caller.name} ${route}: ${status}`).toBe(
        `${caller.name} ${route}: 403`,
      );
    }
    const { status } = await callers.admin.call(method, path);
    expect(`${route}: ${status}`).toBe(
      `${route}: ${method === 'GET' ? 200 : 404}`,
    );
  }
}
