import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import { ResponseError } from '@backstage/errors';
import type { CatalogApi } from '@backstage/plugin-catalog-react';
import { z } from 'zod';
import type {
  KeptMissing,
  OrganisationState,
  OrganisationSync,
  OrganisationSyncApi,
  StoppedRemoval,
  SyncDecision,
} from './OrganisationSync';

/** Task of a sync in the catalog's scheduler: `<module>:<provider>:sync`. */
const TASK = /^(keycloak-org|logto-org):(.+):sync$/;

/** `GET /.backstage/scheduler/v1/tasks` (backend-defaults, scheduler, `TaskApiTasksResponse`). */
const tasksSchema = z.object({
  tasks: z.array(
    z.object({
      taskId: z.string(),
      taskState: z
        .object({
          status: z.enum(['running', 'idle']),
          lastRunEndedAt: z.string().optional(),
          lastRunError: z.string().optional(),
        })
        .nullable(),
    }),
  ),
});

const missingSchema = z.object({
  provider: z.string(),
  digest: z.string(),
  users: z.number(),
  groups: z.number(),
  sample: z.array(z.string()),
});

/** `GET /<module>/stops` of the catalog's modules. */
const stopsSchema = z.object({
  items: z.array(
    missingSchema.extend({
      stoppedAt: z.string(),
      approvedBy: z.string().optional(),
    }),
  ),
  kept: z.array(
    missingSchema.extend({ keptBy: z.string(), keptAt: z.string() }),
  ),
});

/** Asks the catalog backend about the syncs of its modules. */
export class OrganisationSyncClient implements OrganisationSyncApi {
  constructor(
    private readonly options: {
      discoveryApi: DiscoveryApi;
      fetchApi: FetchApi;
      catalogApi: Pick<CatalogApi, 'queryEntities'>;
    },
  ) {}

  async getState({
    signal,
  }: { signal?: AbortSignal } = {}): Promise<OrganisationState> {
    const [{ tasks }, people, groups] = await Promise.all([
      this.get('/.backstage/scheduler/v1/tasks', tasksSchema, signal),
      this.count('user'),
      this.count('group'),
    ]);
    const known = tasks.flatMap(({ taskId, taskState }) => {
      const [, module, provider] = TASK.exec(taskId) ?? [];
      return module ? [{ module, provider, taskState }] : [];
    });
    const modules = [...new Set(known.map(({ module }) => module))];
    const stopped = new Map<string, StoppedRemoval>();
    const kept = new Map<string, KeptMissing[]>();
    for (const module of modules) {
      const found = await this.get(`/${module}/stops`, stopsSchema, signal);
      for (const { provider, ...removal } of found.items) {
        stopped.set(`${module}:${provider}`, removal);
      }
      for (const { provider, ...decision } of found.kept) {
        const key = `${module}:${provider}`;
        kept.set(key, [...(kept.get(key) ?? []), decision]);
      }
    }
    return {
      people,
      groups,
      syncs: known.map(({ module, provider, taskState }) => ({
        module,
        provider,
        isRunning: taskState?.status === 'running',
        endedAt: taskState?.lastRunEndedAt,
        error: taskState?.lastRunError && messageOfRun(taskState.lastRunError),
        stopped: stopped.get(`${module}:${provider}`),
        kept: kept.get(`${module}:${provider}`) ?? [],
      })),
    };
  }

  async decide(
    { module, provider }: OrganisationSync,
    decision: SyncDecision,
    digest: string,
  ): Promise<void> {
    const { discoveryApi, fetchApi } = this.options;
    const response = await fetchApi.fetch(
      `${await discoveryApi.getBaseUrl(
        'catalog',
      )}/${module}/${encodeURIComponent(provider)}/${decision}`,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ digest }),
      },
    );
    if (!response.ok) throw await ResponseError.fromResponse(response);
  }

  private async get<T>(
    path: string,
    schema: z.ZodType<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const { discoveryApi, fetchApi } = this.options;
    const response = await fetchApi.fetch(
      `${await discoveryApi.getBaseUrl('catalog')}${path}`,
      { signal },
    );
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return schema.parse(await response.json());
  }

  private async count(kind: string): Promise<number> {
    const { totalItems } = await this.options.catalogApi.queryEntities({
      filter: { kind },
      limit: 0,
    });
    return totalItems;
  }
}

const failureSchema = z.object({ message: z.string() });

/** What the scheduler keeps of an error is JSON; what is not is shown as it is. */
function messageOfRun(kept: string): string {
  try {
    return failureSchema.parse(JSON.parse(kept)).message;
  } catch {
    return kept;
  }
}
