const reading = { notify: [], schedule: {} };
const removals = { maxPercent: 10, minimum: 5 };

/** What is compared for each identity provider, and how it gives its pages. */
export const providers = {
  keycloak: {
    title: 'Keycloak',
    contents: '10,000 people, 1,000 groups, 10 organisations',
    module: 'catalog-backend-module-keycloak-org',
    factory: 'createKeycloakProvider',
    /** Of a provider's config, beside pages and calls at once. */
    settings: baseUrl => ({
      ...{ baseUrl, realm: 'bench', loginRealm: 'bench', realmRoles: true },
      ...{ clientId: 'bench', clientSecret: 'bench', removals, ...reading },
    }),
    /** @param page - the first is 0 */
    pageUrl: (baseUrl, path, page, size) =>
      `${baseUrl}/admin/realms/bench${path}?first=${page * size}&max=${size}`,
  },
  logto: {
    title: 'Logto',
    contents: '10,000 people, 100 organisations, 900 roles in them',
    module: 'catalog-backend-module-logto-org',
    factory: 'createLogtoProvider',
    settings: endpoint => ({
      ...{ endpoint, appId: 'bench', appSecret: 'bench', roles: true },
      ...{ removals, ...reading },
    }),
    pageUrl: (endpoint, path, page, size) =>
      `${endpoint}/api${path}?page=${page + 1}&page_size=${size}`,
  },
};
