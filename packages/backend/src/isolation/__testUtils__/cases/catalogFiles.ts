import { eventually } from '../eventually';
import { Repository } from '../Repository';
import { Stage } from '../stage';

/** A catalog file is given files of its own repository only. */
export async function readsNoOtherRepository({ callers, portal }: Stage) {
  const { id } = await callers.hugo.json('POST', '/api/scaffolder/v2/tasks', {
    templateRef: 'template:default/gitea-repository',
    values: {
      name: 'outpost',
      description: 'Looks around',
      ownership: 'person',
      visibility: 'private',
    },
  });
  const component =
    '/api/catalog/entities/by-name/component/default/hugo.outpost';
  await eventually('hugo has a component', async () => {
    const task = await callers.hugo.json(
      'GET',
      `/api/scaffolder/v2/tasks/${id}`,
    );
    if (task.status === 'failed') throw new Error('The task failed');
    const { status } = await callers.hugo.call('GET', component);
    return status === 200;
  });
  const repository = new Repository(portal.gitea, 'hugo/outpost');
  const describe = async (description: string) => {
    await repository.write({
      'own.txt': 'From a file of mine',
      'catalog-info.yaml': [
        'apiVersion: backstage.io/v1alpha1',
        'kind: Component',
        'metadata:',
        '  name: hugo.outpost',
        '  description:',
        `    $text: ${description}`,
        'spec: { type: service, lifecycle: experimental, owner: user:default/hugo }',
      ].join('\n'),
    });
    await callers.admin.json('POST', '/api/catalog/refresh', {
      entityRef: 'component:default/hugo.outpost',
    });
  };
  await describe('./own.txt');
  await eventually('his own file is read', async () =>
    (
      await callers.hugo.call('GET', component)
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
      const answer = await callers.hugo.call('GET', component);
      return answer.text.includes(disguise) ? answer : undefined;
    });
    expect(text).not.toMatch(/vault of Acme/);
  }
}
