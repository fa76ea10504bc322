import { eventually } from '../eventually';
import { Repository } from '../Repository';
import { Stage } from '../stage';

const COMPONENT =
  '/api/catalog/entities/by-name/component/default/hugo.outpost';

/** Has hugo make a repository with a component; returns what writes its catalog file. */
async function makeOutpost({ callers, portal }: Stage) {
  const { id } = await callers.hugo.json('POST', '/api/scaffolder/v2/tasks', {
    templateRef: 'template:default/gitea-repository',
    values: {
      name: 'outpost',
      description: 'Looks around',
      ownership: 'person',
      visibility: 'private',
    },
  });
  await eventually('hugo has a component', async () => {
    const task = await callers.hugo.json(
      'GET',
      `/api/scaffolder/v2/tasks/${id}`,
    );
    if (task.status === 'failed') throw new Error('The task failed');
    const { status } = await callers.hugo.call('GET', COMPONENT);
    return task.status === 'completed' && status === 200;
  });
  const repository = new Repository(portal.gitea, 'hugo/outpost');
  return async (description: string, owner = 'user:default/hugo') => {
    await repository.write({
      'own.txt': 'From a file of mine',
      'catalog-info.yaml': [
        'apiVersion: backstage.io/v1alpha1',
        'kind: Component',
        'metadata:',
        '  name: hugo.outpost',
        '  description:',
        `    $text: ${description}`,
        'spec:',
        '  type: service',
        '  lifecycle: experimental',
        `  owner: ${owner}`,
        '  dependsOn: [component:default/bob.acme-vault]',
      ].join('\n'),
    });
    await callers.admin.json('POST', '/api/catalog/refresh', {
      entityRef: 'component:default/hugo.outpost',
    });
  };
}

/** A catalog file is given files of its own repository only, and speaks for its own organisation only. */
export async function keepsCatalogFilesAtHome(stage: Stage) {
  const { callers, portal } = stage;
  const describe = await makeOutpost(stage);
  await describe('./own.txt');
  await eventually('his own file is read', async () =>
    (
      await callers.hugo.call('GET', COMPONENT)
    ).text.includes('From a file of mine'),
  );

  const vault = `${portal.gitea.url}/bob/acme-vault`;
  for (const disguise of [
    `${vault}/src/branch/main/README.md`,
    `${vault}/x/y/main/README.md`,
    `${portal.gitea.url}/hugo/outpost/src/branch/main/../../../bob/acme-vault/contents/README.md`,
  ]) {
    await describe(disguise);
    const { text } = await eventually('it was refused', async () => {
      const answer = await callers.hugo.call('GET', COMPONENT);
      return answer.text.includes(disguise) ? answer : undefined;
    });
    expect(text).not.toMatch(/vault of Acme/);
  }

  const refusals: string[] = [];
  for (const owner of ['group:default/acme', 'group:default/nono']) {
    await describe('./own.txt', owner);
    const entity = await eventually(`${owner} is refused`, async () => {
      const { text } = await callers.hugo.call('GET', COMPONENT);
      return text.includes(`There is no owner ${owner}`)
        ? JSON.parse(text)
        : undefined;
    });
    refusals.push(JSON.stringify(entity.status).replaceAll(owner, '§'));
    const { status } = await callers.bob.call('GET', COMPONENT);
    expect(`${owner}: ${status}`).toBe(`${owner}: 404`);
  }
  expect(refusals[0]).toBe(refusals[1]);

  const vaultEntity = await callers.bob.json(
    'GET',
    '/api/catalog/entities/by-name/component/default/bob.acme-vault',
  );
  expect(JSON.stringify(vaultEntity.relations)).not.toContain('hugo');
}
