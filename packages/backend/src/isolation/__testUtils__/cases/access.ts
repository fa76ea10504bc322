import { Stage, startTask } from '../stage';

/** A permission in a report of the access plugin. */
interface ReportedPermission {
  name: string;
  action: string;
  resourceType?: string;
  outcome: string;
}

function permissionOf({ name, action, resourceType }: ReportedPermission) {
  const attributes = action === 'use' ? {} : { action };
  return resourceType
    ? { type: 'resource', name, attributes, resourceType }
    : { type: 'basic', name, attributes };
}

/** The access plugin tells somebody of themselves what RBAC decides. */
export async function tellsWhatRbacDecides(
  { callers, nothing, things }: Stage,
  name: 'admin' | 'bob' | 'gina',
  ref: string,
) {
  const report = await callers[name].json(
    'GET',
    `/api/access/persons/${encodeURIComponent(ref)}`,
  );
  expect(report.unread).toEqual([]);
  expect(report.permissions.length).toBeGreaterThan(30);
  expect(
    report.permissions.map(({ name: each }: ReportedPermission) => each),
  ).toContain('scheduler.tasks.manage');

  const told = (allowed: string[]) =>
    report.permissions.map(
      (permission: ReportedPermission) =>
        `${permission.name} ${
          allowed.includes(permission.outcome) ? 'ALLOW' : 'DENY'
        }`,
    );
  const decided = async (refs: Record<string, string>) => {
    const { items } = await callers[name].json(
      'POST',
      '/api/permission/authorize',
      {
        items: report.permissions.map((permission: ReportedPermission) => ({
          id: permission.name,
          permission: permissionOf(permission),
          ...(permission.resourceType && {
            resourceRef: refs[permission.resourceType] ?? 'nothing',
          }),
        })),
      },
    );
    return items.map(
      ({ id, result }: { id: string; result: string }) => `${id} ${result}`,
    );
  };
  const { id: taskOfHugo } = await startTask(callers.hugo);
  // Of what is not theirs, no condition holds; of what is their own, each does.
  expect(told(['allow'])).toEqual(
    await decided({
      'catalog-entity': `component:default/${nothing.component}`,
      'scaffolder-task': name === 'bob' ? taskOfHugo : things.task,
    }),
  );
  if (name !== 'bob') return;
  expect(told(['allow', 'conditional'])).toEqual(
    await decided({
      'catalog-entity': ref,
      'scaffolder-task': things.task,
    }),
  );
}
