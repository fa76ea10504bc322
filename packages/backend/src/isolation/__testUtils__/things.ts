import { randomUUID } from 'node:crypto';
import { Caller } from './Caller';
import { eventually } from './eventually';

/** Names and ids of things that an attack asks for: those of Acme, or some that nobody has. */
export interface Things {
  /** Component and its catalog entry. */
  component: string;
  componentUid: string;
  /** Address of its repository's file. */
  target: string;
  location: string;
  locationEntity: string;
  formula: string;
  template: string;
  organization: string;
  user: string;
  task: string;
  run: string;
  /** Request for an approval. */
  approval: string;
  bulk: string;
  reconciliation: string;
  delivery: string;
  notification: string;
  settingsKey: string;
}

const SECRET = 'acme-vault';
/** What a setting of Acme's developer holds. */
export const SECRET_SETTING = 'the vault of acme opens at nine';

/** Ids of things that do not exist, shaped like real ones. */
export function nothings(): Things {
  return {
    component: 'nono.nono-vault',
    componentUid: randomUUID(),
    target: 'https://nowhere.invalid/nono/nono-vault/catalog-info.yaml',
    location: randomUUID(),
    locationEntity: `generated-${'0'.repeat(40)}`,
    formula: 'nono-private',
    template: 'nono-private',
    organization: 'nono',
    user: 'nono',
    task: randomUUID(),
    run: randomUUID(),
    approval: randomUUID(),
    bulk: randomUUID(),
    reconciliation: randomUUID(),
    delivery: randomUUID(),
    notification: randomUUID(),
    settingsKey: 'nono-plan',
  };
}

/** Has a developer of Acme do what people do, and tells what came of it. */
export async function makeThings(bob: Caller, admin: Caller): Promise<Things> {
  await eventually('the template is shared with Acme', async () => {
    const { status } = await bob.call(
      'GET',
      '/api/catalog/entities/by-name/template/default/gitea-repository',
    );
    return status === 200;
  });
  const { id: task } = await bob.json('POST', '/api/scaffolder/v2/tasks', {
    templateRef: 'template:default/gitea-repository',
    values: {
      name: SECRET,
      description: 'The vault of Acme',
      ownership: 'person',
      visibility: 'private',
    },
  });
  await eventually('the task is done', async () => {
    const { status } = await bob.json(
      'GET',
      `/api/scaffolder/v2/tasks/${task}`,
    );
    if (status === 'failed') {
      const events = await bob.call(
        'GET',
        `/api/scaffolder/v2/tasks/${task}/events`,
      );
      throw new Error(`The task failed: ${events.text.slice(-2000)}`);
    }
    return status === 'completed';
  });
  const component = `bob.${SECRET}`;
  const entity = await eventually('the component is in the catalog', async () =>
    found(
      await bob.call(
        'GET',
        `/api/catalog/entities/by-name/component/default/${component}`,
      ),
    ),
  );
  await eventually('the private template is Acme’s', async () =>
    found(
      await bob.call(
        'GET',
        '/api/catalog/entities/by-name/template/default/acme-private',
      ),
    ),
  );
  await eventually('the component is in the search index', async () =>
    (
      await bob.call('GET', `/api/search/query?term=${SECRET}`)
    ).text.includes(component),
  );
  const target = (
    entity.metadata.annotations['backstage.io/managed-by-location'] as string
  ).replace(/^url:/, '');
  const locations = await admin.json('GET', '/api/catalog/locations');
  const { id: location } = locations
    .map(({ data }: { data: { id: string; target: string } }) => data)
    .find((data: { target: string }) => data.target === target);
  const locationEntity = await admin.json(
    'GET',
    `/api/catalog/entities/by-query?filter=kind=location,spec.target=${encodeURIComponent(
      target,
    )}`,
  );
  const runs = await bob.json('GET', '/api/provisioning/runs');
  await bob.json('PUT', '/api/user-settings/buckets/isolation/keys/acme-plan', {
    value: SECRET_SETTING,
  });
  const reconciliation = await admin.json(
    'POST',
    '/api/provisioning/reconciliations',
    {},
  );
  const bulk = await admin.call('POST', '/api/provisioning/bulk', {
    body: 'user\nuser:default/carol\n',
    contentType: 'text/csv',
  });
  const notifications = await bob.json('GET', '/api/notifications/');
  return {
    component,
    componentUid: entity.metadata.uid,
    target,
    location,
    locationEntity: locationEntity.items[0].metadata.name,
    formula: 'acme-private',
    template: 'acme-private',
    organization: 'acme',
    user: 'bob',
    task,
    run: runs.items[0].id,
    approval: await askForApproval(bob),
    bulk: JSON.parse(bulk.text).id,
    reconciliation: reconciliation.id,
    delivery: randomUUID(),
    notification: notifications.notifications[0]?.id ?? randomUUID(),
    settingsKey: 'acme-plan',
  };
}

/** Asks for a GPU, which takes an approval, and returns the request's id. */
async function askForApproval(bob: Caller): Promise<string> {
  await bob.json('POST', '/api/scaffolder/v2/tasks', {
    templateRef: 'template:default/ml-research',
    values: {
      name: SECRET,
      description: 'What the vault of Acme holds',
      cpu: 4,
      memory: 16,
      gpu: 1,
      gpu_kind: 'any',
      home_disk_size: 50,
      python_version: '3.12',
    },
  });
  return eventually('the approval is asked for', async () => {
    const { items } = await bob.json(
      'GET',
      '/api/approvals/requests?view=mine',
    );
    return items[0]?.id;
  });
}

function found({ status, text }: { status: number; text: string }) {
  return status === 200 ? JSON.parse(text) : undefined;
}
