import { KnownRoutes, reviewed } from './KnownRoute';
import { entityRef, id, userRef } from './references';

/** The catalog, the organisation sync in it included. */
export const catalog: KnownRoutes = {
  'GET /api/catalog/keycloak-org/stops': reviewed,
  ...Object.fromEntries(
    ['approve', 'keep', 'take-back'].map(decision => [
      `POST /api/catalog/keycloak-org/:provider/${decision}`,
      {
        params: () => ({ provider: 'default' }),
        body: () => ({ digest: 'a'.repeat(64) }),
      },
    ]),
  ),
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
