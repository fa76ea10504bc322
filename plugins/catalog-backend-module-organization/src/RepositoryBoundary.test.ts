import type { Entity } from '@backstage/catalog-model';
import { RepositoryBoundary } from './RepositoryBoundary';

const OWN = 'https://git.example/globex/app/src/branch/main/catalog-info.yaml';
const OTHER =
  'https://git.example/acme/vault/src/branch/main/catalog-info.yaml';

const location = (spec: Entity['spec'], kind = 'Location'): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name: 'files' },
  spec,
});

const process = (entity: Entity, target = OWN, origin = target) =>
  new RepositoryBoundary(
    new Set(['url:https://git.example/formulary/all/src/branch/main/a.yaml']),
  ).preProcessEntity(entity, { type: 'url', target }, jest.fn(), {
    type: 'url',
    target: origin,
  });

describe('RepositoryBoundary', () => {
  it.each([
    ['a file beside it', { targets: ['./a.yaml', 'docs/b.yaml'] }],
    ['a file of the same repository', { target: OWN.replace('-info', '') }],
    ['itself, as what is registered does', { type: 'url', target: OWN }],
    ['nothing', {}],
  ])('lets a location name %s', async (_, spec) => {
    const entity = location(spec);
    await expect(process(entity)).resolves.toBe(entity);
  });

  it.each([
    ['another repository', { target: OTHER }],
    ['another repository among others', { targets: ['./a.yaml', OTHER] }],
    [
      'steps up',
      { target: '../../../../../acme/vault/src/branch/main/a.yaml' },
    ],
    [
      'what only a reader knows',
      { target: 'https://git.example/acme/vault/x/y/main/a.yaml' },
    ],
    ['another host', { target: 'http://169.254.169.254/latest' }],
    ['a local file', { type: 'file', target: 'file:///etc/passwd' }],
  ])('does not let it name %s', async (_, spec) => {
    await expect(process(location(spec))).rejects.toThrow('same repository');
    await expect(process(location(spec, 'location'))).rejects.toThrow(
      'same repository',
    );
  });

  it('lets what the configuration registers name everything', async () => {
    const origin = 'https://git.example/formulary/all/src/branch/main/a.yaml';
    await expect(
      process(location({ target: OTHER }), origin, origin),
    ).resolves.toBeDefined();
  });

  it('leaves other kinds alone', async () => {
    const entity = location({ target: OTHER }, 'Component');
    await expect(process(entity)).resolves.toBe(entity);
  });
});
