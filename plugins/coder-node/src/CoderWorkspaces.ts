import { setTimeout as delay } from 'node:timers/promises';
import {
  isServiceError,
  ServiceHttpClient,
} from '@formulary/service-client-node';
import { z } from 'zod';
import { followJob, isEnded } from './followJob';
import { CoderWaitOptions, waitUntilReady } from './waitUntilReady';
import {
  buildParameterSchema,
  buildSchema,
  jobLogSchema,
  workspaceSchema,
  workspacesSchema,
} from './schemas';
import {
  CoderBuild,
  CoderCallOptions,
  CoderJobLog,
  CoderParameterValue,
  CoderWorkspace,
} from './types';

/** Workspaces a page. */
const PAGE_SIZE = 100;

/**
 * A workspace to make.
 *
 * @public
 */
export interface CoderNewWorkspace {
  /** Id or username of the owner. */
  owner: string;
  templateId: string;
  name: string;
  parameters?: CoderParameterValue[];
  presetId?: string;
  /** Milliseconds after which the workspace stops, at least a minute. */
  ttlMs?: number;
  /** When it starts by itself: `CRON_TZ=Europe/Berlin 30 8 * * 1-5`. */
  autostartSchedule?: string;
  automaticUpdates?: 'always' | 'never';
}

/**
 * Workspaces in Coder and their builds.
 *
 * @public
 */
export class CoderWorkspaces {
  constructor(private readonly http: ServiceHttpClient) {}

  /** A workspace by its owner's username and its name, if it is there. */
  async find(
    owner: string,
    name: string,
    options: CoderCallOptions = {},
  ): Promise<CoderWorkspace | undefined> {
    try {
      const { data } = await this.http.request({
        ...options,
        method: 'GET',
        path: `/api/v2/users/${encodeURIComponent(
          owner,
        )}/workspace/${encodeURIComponent(name)}`,
        action: `read the workspace ${owner}/${name}`,
        expect: workspaceSchema,
      });
      return data;
    } catch (error) {
      if (isServiceError(error, 'not-found')) return undefined;
      throw error;
    }
  }

  /**
   * A workspace by its id.
   *
   * @throws ServiceError `not-found`, also when it was deleted
   */
  async get(
    id: string,
    options: CoderCallOptions = {},
  ): Promise<CoderWorkspace> {
    const { data } = await this.http.request({
      ...options,
      method: 'GET',
      path: `/api/v2/workspaces/${encodeURIComponent(id)}`,
      action: `read the workspace ${id}`,
      expect: workspaceSchema,
    });
    return data;
  }

  /** Every workspace that satisfies a filter, through all pages. */
  async list(
    filter: { owner?: string; template?: string; status?: string } = {},
    options: CoderCallOptions = {},
  ): Promise<CoderWorkspace[]> {
    const q = Object.entries(filter)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => `${key}:"${value}"`)
      .join(' ');
    const workspaces: CoderWorkspace[] = [];
    for (;;) {
      const { data } = await this.http.request({
        ...options,
        method: 'GET',
        path: '/api/v2/workspaces',
        query: { q, limit: PAGE_SIZE, offset: workspaces.length },
        action: 'list the workspaces',
        expect: workspacesSchema,
      });
      workspaces.push(...data.workspaces);
      if (data.workspaces.length < PAGE_SIZE) return workspaces;
    }
  }

  /**
   * Makes a workspace, whose first build starts at once.
   *
   * @throws ServiceError `conflict` when the owner has one of that name, `validation` with one field for each wrong parameter
   */
  async create(
    workspace: CoderNewWorkspace,
    options: CoderCallOptions = {},
  ): Promise<CoderWorkspace> {
    const { owner, name } = workspace;
    const { data } = await this.http.request({
      ...options,
      method: 'POST',
      path: `/api/v2/users/${encodeURIComponent(owner)}/workspaces`,
      json: {
        template_id: workspace.templateId,
        name,
        rich_parameter_values: workspace.parameters ?? [],
        template_version_preset_id: workspace.presetId,
        ttl_ms: workspace.ttlMs,
        autostart_schedule: workspace.autostartSchedule,
        automatic_updates: workspace.automaticUpdates,
      },
      action: `create the workspace ${owner}/${name}`,
      expect: workspaceSchema,
    });
    return data;
  }

  /**
   * Starts, stops or deletes a workspace.
   *
   * @throws ServiceError `conflict` while another build is under way
   */
  async build(
    workspaceId: string,
    transition: CoderBuild['transition'],
    options: CoderCallOptions = {},
  ): Promise<CoderBuild> {
    const { data } = await this.http.request({
      ...options,
      method: 'POST',
      path: `/api/v2/workspaces/${encodeURIComponent(workspaceId)}/builds`,
      json: { transition },
      action: `${transition} the workspace ${workspaceId}`,
      expect: buildSchema,
    });
    return data;
  }

  /** A build. */
  async getBuild(
    id: string,
    options: CoderCallOptions = {},
  ): Promise<CoderBuild> {
    const { data } = await this.http.request({
      ...options,
      method: 'GET',
      path: `/api/v2/workspacebuilds/${id}`,
      action: `read the build ${id}`,
      expect: buildSchema,
    });
    return data;
  }

  /** The parameters that a build ran with. */
  async listBuildParameters(
    id: string,
    options: CoderCallOptions = {},
  ): Promise<CoderParameterValue[]> {
    const { data } = await this.http.request({
      ...options,
      method: 'GET',
      path: `/api/v2/workspacebuilds/${id}/parameters`,
      action: `read the parameters of the build ${id}`,
      expect: z.array(buildParameterSchema),
    });
    return data;
  }

  /** The lines of a build's log after a line's id; all without one. */
  async listBuildLogs(
    id: string,
    after = 0,
    options: CoderCallOptions = {},
  ): Promise<CoderJobLog[]> {
    const { data } = await this.http.request({
      ...options,
      method: 'GET',
      path: `/api/v2/workspacebuilds/${id}/logs`,
      query: { after },
      action: `read the log of the build ${id}`,
      expect: z.array(jobLogSchema),
    });
    return data;
  }

  /** The lines of a build's log as they are written, until the build ends. */
  followBuild(
    id: string,
    { signal, intervalMs = 500 }: CoderWaitOptions = {},
  ): AsyncGenerator<CoderJobLog, void> {
    return followJob({
      signal,
      intervalMs,
      job: async () => (await this.getBuild(id, { signal })).job,
      logs: after => this.listBuildLogs(id, after, { signal }),
    });
  }

  /** Waits until a build has ended, whatever its end is. */
  async waitForBuild(
    id: string,
    { signal, intervalMs = 500 }: CoderWaitOptions = {},
  ): Promise<CoderBuild> {
    for (;;) {
      const build = await this.getBuild(id, { signal });
      if (isEnded(build.job)) return build;
      await delay(intervalMs, undefined, { signal });
    }
  }

  /**
   * Waits until every agent of a running workspace is ready: its apps answer then.
   *
   * @throws ServiceError `unavailable` when it does not run, or an agent's start-up fails or takes too long
   */
  async waitUntilReady(
    id: string,
    options: CoderWaitOptions = {},
  ): Promise<CoderWorkspace> {
    return waitUntilReady(
      () => this.get(id, { signal: options.signal }),
      options,
    );
  }
}
