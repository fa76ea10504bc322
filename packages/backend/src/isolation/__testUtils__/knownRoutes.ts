import { Things } from './things';

/** How a route is attacked, and what is allowed of it. */
export interface KnownRoute {
  /** Why signed-out callers may get something: reviewed, so be brief and exact. */
  public?: string;
  /** Path parameters whose names alone do not say what they stand for. */
  params?: (things: Things) => Record<string, string>;
  query?: (things: Things) => Record<string, string>;
  body?: (things: Things) => unknown;
  contentType?: string;
  /** Whether the answer holds examples of the docs, which speak of people of Acme. */
  examples?: boolean;
  /** Whether Acme's own developer must see Acme here: a suite that asks for nothing proves nothing. */
  shown?: boolean;
}

const reviewed: KnownRoute = {};

const entityRef = ({ component }: Things) => `component:default/${component}`;
const userRef = ({ user }: Things) => `user:default/${user}`;
const role = ({ organization }: Things) => ({
  kind: 'role',
  namespace: 'default',
  name: organization,
});
const named = (kind: 'formula' | 'template') => (things: Things) => ({
  kind,
  namespace: 'default',
  name: things[kind],
});
const id = (thing: keyof Things) => (things: Things) => ({ id: things[thing] });

/** What Backstage itself mounts in every plugin (backend-defaults, permission-node). */
const everyPlugin: Record<string, KnownRoute> = {
  'USE /api/{plugin}/.well-known/backstage/permissions': reviewed,
  'USE /api/{plugin}/.well-known/backstage/permissions/apply-conditions':
    reviewed,
  'USE /api/{plugin}/.backstage/actions': reviewed,
  'DELETE /api/{plugin}/.backstage/auth/v1/cookie': {
    public: 'removes the cookie of whoever asks',
  },
  'GET /api/{plugin}/.backstage/auth/v1/cookie': reviewed,
  'GET /api/{plugin}/.backstage/auth/v1/jwks.json': {
    public: 'public keys of the plugin',
  },
  'USE /api/{plugin}/.backstage/scheduler': reviewed,
  'GET /api/{plugin}/.backstage/scheduler/v1/tasks': reviewed,
  'POST /api/{plugin}/.backstage/scheduler/v1/tasks/:id/cancel': {
    params: id('organization'),
  },
  'POST /api/{plugin}/.backstage/scheduler/v1/tasks/:id/trigger': {
    params: id('organization'),
  },
  'GET /api/{plugin}/.backstage/actions/v1/actions': reviewed,
  // What the actions answer is asked for each of them, see knownActions.ts.
  'POST /api/{plugin}/.backstage/actions/v1/actions/:actionId/invoke': {
    params: () => ({ actionId: 'no:such' }),
    body: () => ({}),
  },
  'POST /api/{plugin}/.backstage/actions/v2/actions/:actionId/invoke': {
    params: () => ({ actionId: 'no:such' }),
    body: () => ({}),
  },
  'GET /api/{plugin}/.well-known/backstage/permissions/metadata': {
    public: 'names and rules of permissions, the same for everybody',
  },
  'POST /api/{plugin}/.well-known/backstage/permissions/apply-conditions': {
    body: things => ({
      items: [
        {
          id: '1',
          resourceRef: entityRef(things),
          resourceType: 'catalog-entity',
          conditions: {
            rule: 'IS_ENTITY_KIND',
            resourceType: 'catalog-entity',
            params: { kinds: ['component'] },
          },
        },
      ],
    }),
  },
};

const app: Record<string, KnownRoute> = {
  'USE /api': reviewed,
  'USE /api/app': { public: 'pages of the portal' },
  'USE /api/app/static': { public: 'files of the portal’s pages' },
  'USE /static': { public: 'files of the portal’s pages' },
  'GET /*': { public: 'pages of the portal' },
  'GET /api/app/*': { public: 'pages of the portal' },
  'GET /.backstage/health/v1/liveness': { public: 'health' },
  'GET /.backstage/health/v1/readiness': { public: 'health' },
  'GET /.backstage/auth/v1/jwks.json': { public: 'public keys' },
  'GET /.backstage/auth/v1/cookie': reviewed,
  'DELETE /.backstage/auth/v1/cookie': {
    public: 'removes the cookie of whoever asks',
  },
};

const auth: Record<string, KnownRoute> = {
  'GET /api/auth/organization-sign-in/end-session': {
    public: 'an address that the identity provider publishes itself',
  },
  'USE /api/auth': reviewed,
  'USE /api/auth/:provider': { params: () => ({ provider: 'oidc' }) },
  'USE /api/auth/:provider/start': { params: () => ({ provider: 'oidc' }) },
  'USE /api/auth/:provider/handler/frame': {
    public: 'ends a sign-in; shows a page of its failure',
    params: () => ({ provider: 'oidc' }),
  },
  'USE /api/auth/oidc': reviewed,
  'GET /api/auth/oidc/start': {
    public: 'begins a sign-in',
    query: () => ({ env: 'production', scope: 'openid' }),
  },
  'GET /api/auth/oidc/handler/frame': {
    public: 'ends a sign-in; shows a page of its failure',
    query: () => ({ env: 'production' }),
  },
  'POST /api/auth/oidc/handler/frame': {
    public: 'ends a sign-in; shows a page of its failure',
    query: () => ({ env: 'production' }),
  },
  'GET /api/auth/oidc/refresh': { query: () => ({ env: 'production' }) },
  'POST /api/auth/oidc/refresh': { query: () => ({ env: 'production' }) },
  'POST /api/auth/oidc/logout': {
    public: 'ends the session of whoever asks',
    query: () => ({ env: 'production' }),
  },
  'GET /api/auth/.well-known/jwks.json': { public: 'public keys' },
  'GET /api/auth/.well-known/openid-configuration': {
    public: 'addresses of the keys',
  },
  'GET /api/auth/.well-known/oauth-client/cli.json': {
    public: 'describes the client of Backstage’s command line',
  },
  'GET /api/auth/v1/userinfo': reviewed,
  'GET /api/auth/.backstage/actions/v1/actions': {
    public: 'describes the one action of the plugin, which wants a user',
  },
};

const catalog: Record<string, KnownRoute> = {
  'GET /api/catalog/keycloak-org/stops': reviewed,
  'POST /api/catalog/keycloak-org/:provider/approve': {
    params: () => ({ provider: 'default' }),
    body: () => ({ digest: 'a'.repeat(64) }),
  },
  'USE /api/catalog': reviewed,
  'GET /api/catalog/openapi.json': reviewed,
  'GET /api/catalog/entities': { shown: true },
  'GET /api/catalog/entities/by-name/:kind/:namespace/:name': { shown: true },
  'GET /api/catalog/entities/by-name/:kind/:namespace/:name/ancestry': {
    shown: true,
  },
  'GET /api/catalog/entities/by-query': { shown: true },
  'POST /api/catalog/entities/by-query': {
    shown: true,
    body: () => ({ limit: 500 }),
  },
  'POST /api/catalog/entities/by-refs': {
    shown: true,
    body: things => ({
      entityRefs: [
        entityRef(things),
        userRef(things),
        `group:default/${things.organization}`,
        `formula:default/${things.formula}`,
        `template:default/${things.template}`,
      ],
    }),
  },
  'GET /api/catalog/entities/by-uid/:uid': { shown: true },
  'DELETE /api/catalog/entities/by-uid/:uid': reviewed,
  'GET /api/catalog/entity-facets': {
    shown: true,
    query: () => ({ facet: 'metadata.name' }),
  },
  'POST /api/catalog/entity-facets': {
    shown: true,
    body: () => ({
      facets: ['metadata.name', 'relations.ownedBy', 'relations.hasMember'],
    }),
  },
  'GET /api/catalog/locations': reviewed,
  'POST /api/catalog/locations/by-query': { body: () => ({ limit: 100 }) },
  'GET /api/catalog/locations/:id': { params: id('location') },
  'DELETE /api/catalog/locations/:id': { params: id('location') },
  'PUT /api/catalog/locations/:id': {
    params: id('location'),
    body: () => ({ type: 'url', target: 'https://elsewhere.invalid/x.yaml' }),
  },
  'GET /api/catalog/locations/by-entity/:kind/:namespace/:name': reviewed,
  'POST /api/catalog/locations': {
    query: () => ({ dryRun: 'true' }),
    body: ({ target }) => ({ type: 'url', target }),
  },
  'POST /api/catalog/analyze-location': {
    body: ({ target }) => ({ location: { type: 'url', target } }),
  },
  'POST /api/catalog/refresh': {
    body: things => ({ entityRef: entityRef(things) }),
  },
  'POST /api/catalog/validate-entity': {
    body: ({ target }) => ({
      location: `url:${target}`,
      entity: {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Location',
        metadata: { name: 'look' },
        spec: { type: 'url', target },
      },
    }),
  },
};

const scaffolder: Record<string, KnownRoute> = {
  'USE /api/scaffolder': reviewed,
  'GET /api/scaffolder/openapi.json': reviewed,
  'GET /api/scaffolder/v2/actions': { examples: true },
  'GET /api/scaffolder/v2/templating-extensions': reviewed,
  'GET /api/scaffolder/v2/tasks': { shown: true },
  'USE /api/scaffolder/v2/tasks/:taskId': reviewed,
  'GET /api/scaffolder/v2/tasks/:taskId': { shown: true },
  'GET /api/scaffolder/v2/tasks/:taskId/events': { shown: true },
  'GET /api/scaffolder/v2/tasks/:taskId/eventstream': { shown: true },
  'POST /api/scaffolder/v2/tasks/:taskId/cancel': { body: () => ({}) },
  'POST /api/scaffolder/v2/tasks/:taskId/retry': { body: () => ({}) },
  'POST /api/scaffolder/v2/tasks': {
    body: ({ template }) => ({
      templateRef: `template:default/${template}`,
      values: { answer: '42' },
    }),
  },
  'POST /api/scaffolder/v2/dry-run': {
    body: ({ template }) => ({
      template: {
        apiVersion: 'scaffolder.backstage.io/v1beta3',
        kind: 'Template',
        metadata: { name: template },
        spec: { owner: 'nobody', type: 'formula', parameters: [], steps: [] },
      },
      values: {},
      directoryContents: [],
    }),
  },
  'GET /api/scaffolder/v2/templates/:namespace/:kind/:name/parameter-schema': {
    params: named('template'),
    shown: true,
  },
  'POST /api/scaffolder/v2/autocomplete/:provider/:resource': {
    params: ({ organization }) => ({
      provider: 'gitea',
      resource: organization,
    }),
    body: () => ({ token: 'none', context: {} }),
  },
};

const others: Record<string, KnownRoute> = {
  'USE /api/proxy': reviewed,
  'USE /api/formulas': reviewed,
  'GET /api/formulas/formulas/:namespace/:name/bundle': {
    params: named('formula'),
  },
  'USE /api/search': reviewed,
  'GET /api/search/openapi.json': reviewed,
  'GET /api/search/query': {
    shown: true,
    query: ({ component }) => ({ term: component.split('.')[1] }),
  },
  'USE /api/signals': reviewed,
  'GET /api/signals/health': { public: 'health of the plugin' },
  'USE /api/events': reviewed,
  'USE /api/events/http': reviewed,
  'GET /api/events/openapi.json': reviewed,
  'POST /api/events/bus/v1/events': {
    body: ({ organization }) => ({
      event: { topic: organization, payload: {} },
    }),
  },
  'PUT /api/events/bus/v1/subscriptions/:subscriptionId': {
    params: ({ organization }) => ({ subscriptionId: organization }),
    body: () => ({ topics: ['notifications'] }),
  },
  'GET /api/events/bus/v1/subscriptions/:subscriptionId/events': {
    params: ({ organization }) => ({ subscriptionId: organization }),
  },
  'USE /api/user-settings': reviewed,
  'GET /api/user-settings/buckets/:bucket/keys/:key(*)': { shown: true },
  'PUT /api/user-settings/buckets/:bucket/keys/:key(*)': {
    body: () => ({ value: 'taken' }),
  },
  'DELETE /api/user-settings/buckets/:bucket/keys/:key(*)': reviewed,
  'POST /api/user-settings/multiget': {
    body: ({ settingsKey }) => ({
      items: [{ bucket: 'isolation', key: settingsKey }],
    }),
  },
};

const broadcast = (things: Things) => ({
  recipients: { type: 'entity', entityRef: userRef(things) },
  payload: { title: 'Look here' },
});
const notifications: Record<string, KnownRoute> = {
  'USE /api/notifications': reviewed,
  'GET /api/notifications/openapi.json': reviewed,
  'GET /api/notifications/': reviewed,
  'GET /api/notifications/notifications': reviewed,
  'GET /api/notifications/:id': { params: id('notification') },
  'GET /api/notifications/notifications/:id': { params: id('notification') },
  'GET /api/notifications/settings': reviewed,
  'POST /api/notifications/settings': { body: () => ({ channels: [] }) },
  'GET /api/notifications/status': reviewed,
  'GET /api/notifications/topics': reviewed,
  'POST /api/notifications/': { body: broadcast },
  'POST /api/notifications/notifications': { body: broadcast },
  'POST /api/notifications/update': {
    body: ({ notification }) => ({ ids: [notification], read: true }),
  },
  'POST /api/notifications/notifications/update': {
    body: ({ notification }) => ({ ids: [notification], read: true }),
  },
};

const condition = (things: Things) => ({
  result: 'CONDITIONAL',
  roleEntityRef: `role:default/${things.organization}`,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  permissionMapping: [{ name: 'catalog.entity.read', action: 'read' }],
  conditions: {
    rule: 'IS_ENTITY_KIND',
    resourceType: 'catalog-entity',
    params: { kinds: ['component'] },
  },
});
const policy = ({ organization }: Things) => ({
  entityReference: `role:default/${organization}`,
  permission: 'catalog-entity',
  policy: 'read',
  effect: 'allow',
});
const permission: Record<string, KnownRoute> = {
  'USE /api/permission': reviewed,
  'GET /api/permission/': reviewed,
  'GET /api/permission/health': { public: 'health of the plugin' },
  'POST /api/permission/authorize': {
    body: things => ({
      items: [
        {
          id: '1',
          permission: {
            type: 'resource',
            name: 'catalog.entity.read',
            attributes: { action: 'read' },
            resourceType: 'catalog-entity',
          },
          resourceRef: entityRef(things),
        },
      ],
    }),
  },
  'GET /api/permission/plugins/condition-rules': reviewed,
  'GET /api/permission/plugins/id': reviewed,
  'POST /api/permission/plugins/id': { body: () => ({ ids: ['x'] }) },
  'DELETE /api/permission/plugins/id': { body: () => ({ ids: ['x'] }) },
  'GET /api/permission/plugins/policies': reviewed,
  'GET /api/permission/policies': reviewed,
  'POST /api/permission/policies': { body: things => [policy(things)] },
  'GET /api/permission/policies/:kind/:namespace/:name': { params: role },
  'PUT /api/permission/policies/:kind/:namespace/:name': {
    params: role,
    body: things => ({
      oldPolicy: [policy(things)],
      newPolicy: [{ ...policy(things), policy: 'delete' }],
    }),
  },
  'DELETE /api/permission/policies/:kind/:namespace/:name': {
    params: role,
    body: things => [policy(things)],
  },
  'POST /api/permission/refresh/:id': { params: id('organization') },
  'GET /api/permission/roles': reviewed,
  'POST /api/permission/roles': {
    body: things => ({
      memberReferences: [userRef(things)],
      name: `role:default/${things.organization}`,
    }),
  },
  'GET /api/permission/roles/:kind/:namespace/:name': { params: role },
  'PUT /api/permission/roles/:kind/:namespace/:name': {
    params: role,
    body: things => ({
      oldRole: { memberReferences: [userRef(things)] },
      newRole: { memberReferences: ['user:default/hugo'] },
    }),
  },
  'DELETE /api/permission/roles/:kind/:namespace/:name': { params: role },
  'GET /api/permission/roles/conditions': reviewed,
  'POST /api/permission/roles/conditions': { body: condition },
  'GET /api/permission/roles/conditions/:id': {
    params: () => ({ id: '1' }),
  },
  'PUT /api/permission/roles/conditions/:id': {
    params: () => ({ id: '1' }),
    body: condition,
  },
  'DELETE /api/permission/roles/conditions/:id': {
    params: () => ({ id: '1' }),
  },
};

const people = (things: Things) => `user\n${userRef(things)}\n`;
const provisioning: Record<string, KnownRoute> = {
  'USE /api/provisioning': reviewed,
  'POST /api/provisioning/webhooks/keycloak': {
    body: () => ({ type: 'access.REGISTER' }),
  },
  'GET /api/provisioning/me': { shown: true },
  'POST /api/provisioning/me/runs': { body: () => ({}) },
  'GET /api/provisioning/persons': {
    query: ({ user }) => ({ search: user }),
  },
  'POST /api/provisioning/persons': {
    body: things => ({ userRef: userRef(things) }),
  },
  'GET /api/provisioning/persons/:userRef': {
    params: things => ({ userRef: userRef(things) }),
    shown: true,
  },
  'GET /api/provisioning/runs': {
    shown: true,
    query: things => ({ userRef: userRef(things) }),
  },
  'GET /api/provisioning/runs/:id': { params: id('run'), shown: true },
  'GET /api/provisioning/runs/:id/events': { params: id('run') },
  'POST /api/provisioning/runs/:id/cancel': { params: id('run') },
  'POST /api/provisioning/runs/:id/retry': { params: id('run') },
  'POST /api/provisioning/runs/:id/resume': { params: id('run') },
  'GET /api/provisioning/runs/:id/rollback': { params: id('run') },
  'POST /api/provisioning/runs/:id/rollback': { params: id('run') },
  'GET /api/provisioning/persons/:userRef/entitlements': {
    params: things => ({ userRef: userRef(things) }),
  },
  'POST /api/provisioning/entitlements/preview': {
    body: things => ({ userRef: userRef(things) }),
  },
  'GET /api/provisioning/services': reviewed,
  'GET /api/provisioning/deliveries': reviewed,
  'POST /api/provisioning/deliveries/:id/redeliver': {
    params: id('delivery'),
  },
  'GET /api/provisioning/events': {
    query: things => ({ userRef: userRef(things) }),
  },
  'GET /api/provisioning/events/export': {
    query: () => ({ format: 'csv' }),
  },
  'POST /api/provisioning/bulk/preview': {
    body: people,
    contentType: 'text/csv',
  },
  'POST /api/provisioning/bulk': {
    body: people,
    contentType: 'text/csv',
    query: () => ({ operation: 'suspend', reason: 'Out with them' }),
  },
  'GET /api/provisioning/bulk': reviewed,
  'GET /api/provisioning/bulk/:id': { params: id('bulk') },
  'GET /api/provisioning/bulk/:id/lines': { params: id('bulk') },
  'GET /api/provisioning/bulk/:id/report': { params: id('bulk') },
  'GET /api/provisioning/reconciliations': reviewed,
  'POST /api/provisioning/reconciliations': { body: () => ({}) },
  'GET /api/provisioning/reconciliations/:id': {
    params: id('reconciliation'),
  },
  'GET /api/provisioning/reconciliations/:id/drifts': {
    params: id('reconciliation'),
  },
  'POST /api/provisioning/reconciliations/:id/apply': {
    params: id('reconciliation'),
    body: () => ({}),
  },
  'POST /api/provisioning/reconciliations/:id/cancel': {
    params: id('reconciliation'),
  },
};
for (const kind of ['remove', 'restore', 'suspend']) {
  provisioning[`POST /api/provisioning/persons/:userRef/${kind}`] = {
    params: things => ({ userRef: userRef(things) }),
    body: () => ({ reason: 'A test' }),
  };
}

const approvals: Record<string, KnownRoute> = {
  'USE /api/approvals': reviewed,
  'GET /api/approvals/requests': { query: () => ({ view: 'all' }) },
  'POST /api/approvals/requests': {
    body: ({ task }) => ({
      taskId: task,
      stepId: 'approval',
      reason: 'A test',
    }),
  },
  'GET /api/approvals/requests/:id': { params: id('approval'), shown: true },
  'POST /api/approvals/requests/:id/decide': {
    params: id('approval'),
    body: () => ({ decision: 'approve', reason: 'A test' }),
  },
  'POST /api/approvals/requests/:id/cancel': {
    params: id('approval'),
    body: () => ({ reason: 'A test' }),
  },
  'POST /api/approvals/requests/:id/delegate': {
    params: id('approval'),
    body: () => ({ userRef: 'user:default/hugo', reason: 'A test' }),
  },
};

const access: Record<string, KnownRoute> = {
  'USE /api/access': reviewed,
  'GET /api/access/persons/:userRef': {
    params: things => ({ userRef: userRef(things) }),
    shown: true,
  },
};

const known: Record<string, KnownRoute> = {
  ...everyPlugin,
  ...app,
  ...auth,
  ...catalog,
  ...scaffolder,
  ...others,
  ...notifications,
  ...permission,
  ...provisioning,
  ...approvals,
  ...access,
};

/** How a route is attacked; undefined when nobody has said so yet. */
export function knownRoute(route: string): KnownRoute | undefined {
  const framework = route.replace(
    /^(\w+ \/api\/)[\w-]+(\/\.(?:well-known|backstage)\/)/,
    '$1{plugin}$2',
  );
  return known[route] ?? known[framework];
}
