import { Caller } from './Caller';
import { Things } from './things';

/** What nobody but Acme and the administrators may change, in comparable form. */
export async function stateOfAcme(
  bob: Caller,
  admin: Caller,
  things: Things,
): Promise<unknown> {
  const get = (caller: Caller, path: string) => caller.json('GET', path);
  const entity = await get(
    bob,
    `/api/catalog/entities/by-uid/${things.componentUid}`,
  );
  const task = await get(bob, `/api/scaffolder/v2/tasks/${things.task}`);
  const run = await get(bob, `/api/provisioning/runs/${things.run}`);
  const { accounts, lifecycle } = await get(bob, '/api/provisioning/me');
  return {
    spec: entity.spec,
    annotations: entity.metadata.annotations,
    location: await get(admin, `/api/catalog/locations/${things.location}`),
    task: task.status,
    run: run.state,
    lifecycle,
    accounts: accounts.map(
      ({ service, state }: { service: string; state: string }) => ({
        service,
        state,
      }),
    ),
    settings: await get(
      bob,
      `/api/user-settings/buckets/isolation/keys/${things.settingsKey}`,
    ),
    roles: await get(admin, '/api/permission/roles'),
    policies: await get(admin, '/api/permission/policies'),
    conditions: await get(admin, '/api/permission/roles/conditions'),
  };
}
