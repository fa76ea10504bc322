import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sandbox as folder } from '../../launch/paths.mjs';
import { Problem } from '../../launch/problem.mjs';
import { Api } from '../api.mjs';
import { until } from '../until.mjs';
import { verdict } from './verdict.mjs';

const TEMPLATE = 'template:default/bench-pre-provision';
const ENDED = ['completed', 'failed', 'cancelled', 'skipped'];
const LIMIT_MS = 300_000;

/** Settings of the backend under test, the template that makes a person's accounts among them. */
export function benchSettings() {
  const target = join(folder, 'bench-template.yaml');
  // YAML contains JSON.
  writeFileSync(
    target,
    JSON.stringify({
      apiVersion: 'scaffolder.backstage.io/v1beta3',
      kind: 'Template',
      metadata: { name: 'bench-pre-provision' },
      spec: {
        type: 'benchmark',
        parameters: {
          required: ['userRef'],
          properties: { userRef: { type: 'string' } },
        },
        steps: [
          {
            id: 'accounts',
            action: 'platform:pre-provision-user',
            input: { userRef: '${{ parameters.userRef }}' },
          },
        ],
      },
    }),
  );
  const token = randomUUID();
  return {
    token,
    config: {
      permission: { enabled: false },
      backend: {
        auth: {
          externalAccess: [
            { type: 'static', options: { token, subject: 'benchmark' } },
          ],
        },
      },
      catalog: {
        locations: [{ type: 'file', target, rules: [{ allow: ['Template'] }] }],
      },
    },
  };
}

/**
 * The obvious alternative: a scaffolder task for each person.
 *
 * @param perSecond - persons that the engine serves by itself
 */
export async function measureTasks({ url, token, persons, perSecond }) {
  const portal = new Api(url, { Authorization: `Bearer ${token}` });
  await until(`the catalog has ${TEMPLATE}`, () =>
    portal.find(`/api/catalog/entities/by-name/${TEMPLATE.replace(':', '/')}`),
  );
  const since = performance.now();
  const tasks = await Promise.all(
    persons.map(({ username }) =>
      portal.post('/api/scaffolder/v2/tasks', {
        templateRef: TEMPLATE,
        values: { userRef: `user:default/${username}` },
      }),
    ),
  );
  for (const { id } of tasks) {
    const { status } = await until(
      'every task has ended',
      async () => {
        const task = await portal.get(`/api/scaffolder/v2/tasks/${id}`);
        return ENDED.includes(task.status) ? task : undefined;
      },
      { limitMs: LIMIT_MS },
    );
    if (status !== 'completed') {
      throw new Problem(`The task ${id} is ${status}.`);
    }
  }
  const seconds = (performance.now() - since) / 1000;
  return [
    verdict({
      what: `(c) engine over one scaffolder task each, for ${persons.length} persons`,
      measured: perSecond,
      baseline: persons.length / seconds,
      unit: 'persons/s',
    }),
  ];
}
