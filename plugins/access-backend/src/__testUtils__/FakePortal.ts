import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import express from 'express';

const DEVELOPER = 'role:default/developer';

const condition = (roleEntityRef: string) => ({
  id: 1,
  result: 'CONDITIONAL',
  roleEntityRef,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  permissionMapping: ['read'],
  conditions: {
    rule: 'IS_OF_ORGANIZATION',
    resourceType: 'catalog-entity',
    params: { claims: ['$ownerRefs'] },
  },
});

/** Stands for the permission backend with RBAC, and for the catalog's judgement of conditions. */
export class FakePortal {
  /** A path that answers 500. */
  broken?: string;
  /** What the catalog was asked to judge by. */
  readonly claims: unknown[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakePortal> {
    const app = express();
    const portal = new FakePortal(createServer(app));
    app.use(express.json());
    app.use((request, response, next) => {
      if (request.path === portal.broken) response.status(500).json({});
      else next();
    });
    const answers: Record<string, unknown> = {
      '/plugins/policies': [
        {
          pluginId: 'catalog',
          policies: [
            { name: 'catalog.entity.create', policy: 'create' },
            {
              name: 'catalog.entity.read',
              policy: 'read',
              resourceType: 'catalog-entity',
            },
          ],
        },
      ],
      '/plugins/condition-rules': [],
      '/plugins/id': { ids: ['catalog', 'silent'] },
      '/roles': [
        {
          name: DEVELOPER,
          memberReferences: ['group:default/acme', 'group:default/globex'],
          metadata: { source: 'csv-file' },
        },
        {
          name: 'role:default/platform-admin',
          memberReferences: ['group:default/platform', 'user:default/priya'],
          metadata: { source: 'csv-file' },
        },
      ],
      '/policies': [
        {
          entityReference: DEVELOPER,
          permission: 'catalog.entity.create',
          policy: 'create',
          effect: 'allow',
        },
        {
          entityReference: 'role:default/platform-admin',
          permission: 'catalog.entity.read',
          policy: 'read',
          effect: 'allow',
        },
      ],
      '/roles/conditions': [condition(DEVELOPER)],
    };
    for (const [path, answer] of Object.entries(answers)) {
      app.get(`/permission${path}`, (_request, response) => {
        response.json(answer);
      });
    }
    app.post(
      '/catalog/.well-known/backstage/permissions/apply-conditions',
      (request, response) => {
        portal.claims.push(
          request.body.items[0].conditions.anyOf[0].params.claims,
        );
        response.json({
          items: request.body.items.map(
            ({ id, resourceRef }: { id: string; resourceRef: string }) => ({
              id,
              result: resourceRef.includes('globex') ? 'DENY' : 'ALLOW',
            }),
          ),
        });
      },
    );
    await new Promise<void>(resolve => {
      portal.server.listen(0, '127.0.0.1', resolve);
    });
    return portal;
  }

  baseUrl(pluginId: string): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/${pluginId}`;
  }

  async stop(): Promise<void> {
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }
}
