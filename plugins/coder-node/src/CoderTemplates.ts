import {
  isServiceError,
  ServiceHttpClient,
} from '@formulary/service-client-node';
import { z } from 'zod';
import {
  parameterSchema,
  presetSchema,
  templateSchema,
  templateVersionSchema,
} from './schemas';
import {
  CoderTemplatePush,
  CoderTemplatePushResult,
  TemplatePusher,
} from './TemplatePusher';
import {
  CoderCallOptions,
  CoderParameter,
  CoderPreset,
  CoderTemplate,
  CoderTemplateVersion,
} from './types';

/**
 * Templates in Coder, their versions, parameters and presets.
 *
 * @public
 */
export class CoderTemplates {
  constructor(
    private readonly http: ServiceHttpClient,
    private readonly organization: string,
  ) {}

  /** Every template of the configured organisation. */
  async list(options: CoderCallOptions = {}): Promise<CoderTemplate[]> {
    const { data } = await this.http.request({
      ...options,
      method: 'GET',
      path: `${this.organizationPath()}/templates`,
      action: 'list the templates',
      expect: z.array(templateSchema),
    });
    return data;
  }

  /** A template by its name, if it is there. */
  async find(
    name: string,
    options: CoderCallOptions = {},
  ): Promise<CoderTemplate | undefined> {
    try {
      const { data } = await this.http.request({
        ...options,
        method: 'GET',
        path: `${this.organizationPath()}/templates/${encodeURIComponent(
          name,
        )}`,
        action: `read the template ${name}`,
        expect: templateSchema,
      });
      return data;
    } catch (error) {
      if (isServiceError(error, 'not-found')) return undefined;
      throw error;
    }
  }

  /** A version of a template. */
  async getVersion(
    id: string,
    options: CoderCallOptions = {},
  ): Promise<CoderTemplateVersion> {
    const { data } = await this.http.request({
      ...options,
      method: 'GET',
      path: `/api/v2/templateversions/${id}`,
      action: `read the template version ${id}`,
      expect: templateVersionSchema,
    });
    return data;
  }

  /** The parameters that a version asks for. */
  async listParameters(
    versionId: string,
    options: CoderCallOptions = {},
  ): Promise<CoderParameter[]> {
    const { data } = await this.http.request({
      ...options,
      method: 'GET',
      path: `/api/v2/templateversions/${versionId}/rich-parameters`,
      action: 'read the parameters of the template',
      expect: z.array(parameterSchema),
    });
    return data;
  }

  /** The presets of a version. */
  async listPresets(
    versionId: string,
    options: CoderCallOptions = {},
  ): Promise<CoderPreset[]> {
    const { data } = await this.http.request({
      ...options,
      method: 'GET',
      path: `/api/v2/templateversions/${versionId}/presets`,
      action: 'read the presets of the template',
      expect: z
        .array(presetSchema)
        .nullable()
        .transform(presets => presets ?? []),
    });
    return data;
  }

  /**
   * Uploads a template and makes it the active version, once it imported.
   *
   * Pushing the files of the active version again changes nothing, unless
   * variables are given, whose values Coder does not tell.
   *
   * @throws ServiceError `validation` with Terraform's words when the import fails,
   * `conflict` when the version's name is taken by other files
   */
  async push(push: CoderTemplatePush): Promise<CoderTemplatePushResult> {
    return new TemplatePusher(this.http, this, this.organizationPath()).push(
      push,
    );
  }

  private organizationPath() {
    return `/api/v2/organizations/${encodeURIComponent(this.organization)}`;
  }
}
