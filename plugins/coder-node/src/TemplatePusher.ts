import {
  isServiceError,
  ServiceError,
  ServiceHttpClient,
} from '@formulary/service-client-node';
import { z } from 'zod';
import { CoderTemplates } from './CoderTemplates';
import { followJob } from './followJob';
import { jobLogSchema, templateSchema, templateVersionSchema } from './schemas';
import { packTemplate, readTemplateDirectory } from './templateArchive';
import {
  CoderCallOptions,
  CoderJobLog,
  CoderTemplate,
  CoderTemplateVersion,
} from './types';

const uploadSchema = z.object({ hash: z.string() });

/**
 * A template to push: a folder or files, and what Coder shows of it.
 *
 * @public
 */
export interface CoderTemplatePush extends CoderCallOptions {
  /** Name of the template; made when it is not there. */
  name: string;
  /** Folder to push. Give this or `files`. */
  directory?: string;
  /** Contents by path. */
  files?: ReadonlyMap<string, string | Uint8Array>;
  /** Name of the new version, unique in the template. Coder makes one up when absent. */
  versionName?: string;
  /** What changed, for people. */
  message?: string;
  displayName?: string;
  /** At most 127 characters. */
  description?: string;
  /** Path or URL of an icon. */
  icon?: string;
  /** Values of Terraform variables. */
  variables?: Record<string, string>;
  /** Called with every line of the import's log. */
  onLog?(line: CoderJobLog): void;
  /** Milliseconds between looks at the import. Default 500. */
  intervalMs?: number;
}

/**
 * Result of {@link CoderTemplates.push}.
 *
 * @public
 */
export interface CoderTemplatePushResult {
  template: CoderTemplate;
  versionId: string;
  /** `unchanged` when the active version has the same files already. */
  outcome: 'created' | 'updated' | 'unchanged';
}

/** Uploads a template, imports it and makes it the active version. */
export class TemplatePusher {
  constructor(
    private readonly http: ServiceHttpClient,
    private readonly templates: Pick<CoderTemplates, 'find' | 'getVersion'>,
    private readonly organizationPath: string,
  ) {}

  async push(push: CoderTemplatePush): Promise<CoderTemplatePushResult> {
    const { name, signal } = push;
    const fileId = await this.upload(push);
    const template = await this.templates.find(name, { signal });
    if (template && !push.variables) {
      const active = await this.templates.getVersion(
        template.active_version_id,
        {
          signal,
        },
      );
      if (active.job.file_id === fileId) {
        return { template, versionId: active.id, outcome: 'unchanged' };
      }
    }
    const version =
      (template && (await this.sameVersion(push, template, fileId))) ??
      (await this.importVersion(push, template, fileId));
    if (template) {
      await this.promote(template, version, { signal });
      return { template, versionId: version.id, outcome: 'updated' };
    }
    const created = await this.create(push, version);
    return { template: created, versionId: version.id, outcome: 'created' };
  }

  private async upload({ name, directory, files, signal }: CoderTemplatePush) {
    const contents =
      files ?? (directory && (await readTemplateDirectory(directory)));
    if (!contents) {
      throw new Error('A template is pushed from a directory or from files');
    }
    const { data } = await this.http.request({
      signal,
      method: 'POST',
      path: '/api/v2/files',
      body: {
        content: await packTemplate(contents),
        type: 'application/x-tar',
      },
      // The same content gives the same file, so another try makes no second one.
      repeatable: true,
      action: `upload the template ${name}`,
      expect: uploadSchema,
    });
    return data.hash;
  }

  /** A version of the wanted name that has the wanted files: left by a push that was cut off. */
  private async sameVersion(
    { name, versionName, signal }: CoderTemplatePush,
    template: CoderTemplate,
    fileId: string,
  ): Promise<CoderTemplateVersion | undefined> {
    if (!versionName) return undefined;
    try {
      const { data } = await this.http.request({
        signal,
        method: 'GET',
        path: `/api/v2/templates/${template.id}/versions/${encodeURIComponent(
          versionName,
        )}`,
        action: `read the version ${versionName} of the template ${name}`,
        expect: templateVersionSchema,
      });
      if (data.job.file_id === fileId && data.job.status === 'succeeded') {
        return data;
      }
      throw new ServiceError(
        `Coder has a version ${versionName} of the template ${name} already, with other content. Give the new version another name`,
        { kind: 'conflict', service: 'Coder' },
      );
    } catch (error) {
      if (isServiceError(error, 'not-found')) return undefined;
      throw error;
    }
  }

  private async importVersion(
    push: CoderTemplatePush,
    template: CoderTemplate | undefined,
    fileId: string,
  ): Promise<CoderTemplateVersion> {
    const { name, signal, variables = {} } = push;
    const { data: version } = await this.http.request({
      signal,
      method: 'POST',
      path: `${this.organizationPath}/templateversions`,
      json: {
        name: push.versionName,
        message: push.message,
        template_id: template?.id,
        storage_method: 'file',
        file_id: fileId,
        provisioner: 'terraform',
        tags: {},
        user_variable_values: Object.entries(variables).map(
          ([variable, value]) => ({ name: variable, value }),
        ),
      },
      action: `create a version of the template ${name}`,
      expect: templateVersionSchema,
    });
    const lines = followJob({
      signal,
      intervalMs: push.intervalMs ?? 500,
      job: async () =>
        (await this.templates.getVersion(version.id, { signal })).job,
      logs: after => this.listLogs(version.id, after, { signal }),
    });
    for await (const line of lines) push.onLog?.(line);
    const imported = await this.templates.getVersion(version.id, { signal });
    if (imported.job.status !== 'succeeded') {
      throw new ServiceError(
        `Coder could not import the template ${name}: ${
          imported.job.error ?? `the import was ${imported.job.status}`
        }`,
        {
          kind: 'validation',
          service: 'Coder',
          code: imported.job.error_code,
        },
      );
    }
    return imported;
  }

  private async listLogs(
    versionId: string,
    after: number,
    options: CoderCallOptions,
  ): Promise<CoderJobLog[]> {
    const { data } = await this.http.request({
      ...options,
      method: 'GET',
      path: `/api/v2/templateversions/${versionId}/logs`,
      query: { after },
      action: 'read the log of the import',
      expect: z.array(jobLogSchema),
    });
    return data;
  }

  private async create(
    push: CoderTemplatePush,
    version: CoderTemplateVersion,
  ): Promise<CoderTemplate> {
    const { data } = await this.http.request({
      signal: push.signal,
      method: 'POST',
      path: `${this.organizationPath}/templates`,
      json: {
        name: push.name,
        template_version_id: version.id,
        display_name: push.displayName ?? '',
        description: push.description ?? '',
        icon: push.icon ?? '',
      },
      action: `create the template ${push.name}`,
      expect: templateSchema,
    });
    return data;
  }

  private async promote(
    template: CoderTemplate,
    version: CoderTemplateVersion,
    options: CoderCallOptions,
  ) {
    await this.http.request({
      ...options,
      method: 'PATCH',
      path: `/api/v2/templates/${template.id}/versions`,
      json: { id: version.id },
      action: `make ${version.name} the active version of ${template.name}`,
    });
  }
}
