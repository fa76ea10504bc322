import { Entity } from '@backstage/catalog-model';
import { RelationBoundary } from './RelationBoundary';

const TARGET = 'https://git.example/hugo/app/src/branch/main/catalog-info.yaml';

const entity = (
  kind: string,
  name: string,
  organization?: string,
  spec: Entity['spec'] = {},
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: {
    name,
    annotations: organization
      ? { 'formulary.dev/organization': organization }
      : {},
  },
  spec,
});

const catalog: Record<string, Entity> = {
  'component:default/ours': entity('Component', 'ours', 'group:default/globex'),
  'component:default/own': entity('Component', 'own', undefined, {
    owner: 'user:default/hugo',
  }),
  'api:default/shared': entity('API', 'shared', '*'),
  'system:default/theirs': entity('System', 'theirs', 'group:default/acme'),
  'component:default/vault': entity('Component', 'vault', 'group:default/acme'),
};

describe('RelationBoundary', () => {
  const add = jest.fn();
  const emit = jest.fn();
  const boundary = new RelationBoundary(
    {
      refsOf: async target =>
        target === TARGET
          ? new Set(['user:default/hugo', 'group:default/globex'])
          : undefined,
    },
    { find: async ref => catalog[ref] },
    { add },
  );
  beforeEach(() => jest.clearAllMocks());

  const process = (spec: Entity['spec'], target = TARGET) =>
    boundary.preProcessEntity(
      entity('Component', 'app', undefined, spec),
      { type: 'url', target },
      emit,
      { type: 'url', target },
    );

  it('keeps relations to what is of the organisation, one’s own or shared', async () => {
    const spec = {
      dependsOn: ['component:ours', 'Component:default/OWN'],
      providesApis: ['shared'],
      subcomponentOf: 'ours',
    };
    await expect(process(spec)).resolves.toMatchObject({ spec });
    expect(add).not.toHaveBeenCalled();
  });

  it('leaves out what is of others and what does not exist, alike', async () => {
    const { spec } = await process({
      owner: 'user:default/hugo',
      dependsOn: ['component:vault', 'component:ours', 'component:nothing'],
      subcomponentOf: 'vault',
      system: 'theirs',
      dependencyOf: ['component:nothing'],
    });
    expect(spec).toEqual({
      owner: 'user:default/hugo',
      dependsOn: ['component:ours'],
      dependencyOf: [],
    });
  });

  it('waits for what is not there yet', async () => {
    await process({ dependsOn: ['component:nothing'] });
    expect(add).toHaveBeenCalledWith('component:default/nothing');
    expect(emit).toHaveBeenCalledWith({
      type: 'refresh',
      key: 'organization-of:component:default/nothing',
    });
  });

  it('leaves what is no text to the schema, and refuses what is no ref', async () => {
    const spec = { dependsOn: [5], system: { name: 'theirs' } };
    await expect(process(spec)).resolves.toMatchObject({ spec });
    await expect(process({ dependsOn: ['no kind'] })).rejects.toThrow(
      'missing or empty kind',
    );
  });

  it('lets what no person registered refer to anything', async () => {
    const spec = { dependsOn: ['component:vault', 'component:nothing'] };
    await expect(
      process(spec, 'https://git.example/all.yaml'),
    ).resolves.toMatchObject({ spec });
  });
});
