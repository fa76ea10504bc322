import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { ForwardedError, ResponseError } from '@backstage/errors';
import { z } from 'zod';
import {
  conditionRulesSchema,
  conditionsSchema,
  pluginIdsSchema,
  pluginPermissionsSchema,
  policiesSchema,
  RbacState,
  rolesSchema,
} from './rbacSchemas';

/** Reads what the RBAC backend has, in the name of this plugin. */
export class RbacReader {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly auth: AuthService,
  ) {}

  /** @throws ForwardedError when something cannot be read: half of the rules would tell a lie */
  async read(): Promise<RbacState> {
    const { token } = await this.auth.getPluginRequestToken({
      onBehalfOf: await this.auth.getOwnServiceCredentials(),
      targetPluginId: 'permission',
    });
    const baseUrl = await this.discovery.getBaseUrl('permission');
    const get = async <T>(path: string, schema: z.ZodType<T>): Promise<T> => {
      try {
        const response = await fetch(`${baseUrl}${path}`, {
          headers: { Authorization: `Bearer ${token}` },
        });
        if (!response.ok) throw await ResponseError.fromResponse(response);
        return schema.parse(await response.json());
      } catch (error) {
        throw new ForwardedError(
          'The roles could not be read from the permission backend',
          error,
        );
      }
    };
    const [plugins, rules, { ids }, roles, policies, conditions] =
      await Promise.all([
        get('/plugins/policies', pluginPermissionsSchema),
        get('/plugins/condition-rules', conditionRulesSchema),
        get('/plugins/id', pluginIdsSchema),
        get('/roles', rolesSchema),
        get('/policies', policiesSchema),
        get('/roles/conditions', conditionsSchema),
      ]);
    return { plugins, rules, pluginIds: ids, roles, policies, conditions };
  }
}
