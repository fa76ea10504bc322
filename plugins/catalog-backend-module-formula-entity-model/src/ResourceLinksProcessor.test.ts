import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ResourceLinksProcessor } from './ResourceLinksProcessor';

const processor = ResourceLinksProcessor.fromConfig(
  mockServices.rootConfig({
    data: {
      gitea: { baseUrl: 'https://git.example/gitea/' },
      coder: {
        baseUrl: 'http://coder.internal',
        accessUrl: 'https://coder.example',
      },
      mattermost: { baseUrl: 'https://chat.example' },
      twenty: { baseUrl: 'https://crm.example' },
    },
  }),
);

function component(annotations: Record<string, string>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'shop',
      annotations,
      links: [{ url: 'https://docs.example', title: 'Docs' }],
    },
  };
}

describe('ResourceLinksProcessor', () => {
  it('links every resource at the address that config gives, after the links that are there', async () => {
    const { metadata } = await processor.preProcessEntity(
      component({
        'formulary.dev/gitea-repository': 'alice.m/shop',
        'formulary.dev/coder-workspace': 'alice/shop',
        'formulary.dev/mattermost-channel': 'acme/shop',
        'formulary.dev/twenty-opportunity':
          '5d1c9d4e-0f5b-4f2f-9a53-0d8d62a5c111',
      }),
    );
    expect(metadata.links?.map(link => link.url)).toEqual([
      'https://docs.example',
      'https://git.example/gitea/alice.m/shop',
      'https://coder.example/@alice/shop',
      'https://chat.example/acme/channels/shop',
      'https://crm.example/object/opportunity/5d1c9d4e-0f5b-4f2f-9a53-0d8d62a5c111',
    ]);
  });

  it('adds nothing twice and leaves entities without such annotations alone', async () => {
    const plain = component({});
    await expect(processor.preProcessEntity(plain)).resolves.toBe(plain);
    const once = await processor.preProcessEntity(
      component({ 'formulary.dev/coder-workspace': 'alice/shop' }),
    );
    await expect(processor.preProcessEntity(once)).resolves.toBe(once);
  });

  it('adds no link for a service that is not configured', async () => {
    const without = ResourceLinksProcessor.fromConfig(
      mockServices.rootConfig(),
    );
    const entity = component({ 'formulary.dev/coder-workspace': 'alice/shop' });
    await expect(without.preProcessEntity(entity)).resolves.toBe(entity);
  });

  it.each(['alice', '../admin/users', 'alice/shop/../..', 'alice/shop?x', ''])(
    'refuses the repository "%s" and says what form it must have',
    async value => {
      await expect(
        processor.preProcessEntity(
          component({ 'formulary.dev/gitea-repository': value }),
        ),
      ).rejects.toThrow(
        `The annotation formulary.dev/gitea-repository must be owner/repository, but it is "${value}"`,
      );
    },
  );
});
