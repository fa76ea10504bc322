import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { FormulaTemplates } from './FormulaTemplates';

const formula = (name: string) => ({
  apiVersion: 'formulary.dev/v1alpha1',
  kind: 'Formula',
  metadata: { name },
});

it('hides the templates of formulas that somebody does not see, and no others', async () => {
  const user = mockCredentials.user('user:default/hugo');
  const catalog = catalogServiceMock.mock();
  catalog.getEntitiesByRefs.mockImplementation(
    async ({ entityRefs }, options) => {
      const isUser =
        options && 'credentials' in options && options.credentials === user;
      const seen = [
        'formula:default/shared',
        ...(isUser ? [] : ['formula:default/acme-private']),
      ];
      return {
        items: entityRefs.map(ref =>
          seen.includes(ref) ? formula(ref.split('/')[1]) : undefined,
        ),
      };
    },
  );
  const templates = new FormulaTemplates(catalog, mockServices.auth());
  await expect(
    templates.hiddenFrom(user, ['shared', 'ACME-private', 'by-hand']),
  ).resolves.toEqual(new Set(['ACME-private']));
});
