import { Stage, startTask } from '../stage';

/** A task is its creator's. */
export async function showsNoTaskOfAColleague({ callers }: Stage) {
  const { id } = await startTask(callers.hugo);
  const { status } = await callers.gina.call(
    'GET',
    `/api/scaffolder/v2/tasks/${id}`,
  );
  expect(status).toBe(404);
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
