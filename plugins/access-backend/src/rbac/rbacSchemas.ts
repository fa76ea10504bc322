import {
  PermissionCondition,
  PermissionCriteria,
} from '@backstage/plugin-permission-common';
import { z } from 'zod';

/** Conditions as RBAC keeps them, with its aliases. */
export type Criteria = PermissionCriteria<PermissionCondition>;

const criteriaSchema: z.ZodType<Criteria> = z.lazy(() =>
  z.union([
    z.object({ anyOf: z.tuple([criteriaSchema], criteriaSchema) }),
    z.object({ allOf: z.tuple([criteriaSchema], criteriaSchema) }),
    z.object({ not: criteriaSchema }),
    z.object({
      rule: z.string(),
      resourceType: z.string(),
      params: z
        .record(
          z.string(),
          z.union([z.string(), z.array(z.string()), z.json()]),
        )
        .optional(),
    }),
  ]),
) as z.ZodType<Criteria>;

/** `GET /plugins/policies` of RBAC: each plugin's permissions. */
export const pluginPermissionsSchema = z.array(
  z.object({
    pluginId: z.string(),
    policies: z.array(
      z.object({
        name: z.string(),
        policy: z.string(),
        resourceType: z.string().optional(),
      }),
    ),
  }),
);

/** `GET /plugins/condition-rules` of RBAC. */
export const conditionRulesSchema = z.array(
  z.object({
    pluginId: z.string(),
    rules: z.array(
      z.object({
        name: z.string(),
        resourceType: z.string(),
        description: z.string().optional(),
      }),
    ),
  }),
);

/** `GET /plugins/id` of RBAC. */
export const pluginIdsSchema = z.object({ ids: z.array(z.string()) });

/** `GET /roles` of RBAC. */
export const rolesSchema = z.array(
  z.object({
    name: z.string(),
    memberReferences: z.array(z.string()),
    metadata: z.object({ source: z.string().optional() }).optional(),
  }),
);

/** `GET /policies` of RBAC: the lines of all roles. */
export const policiesSchema = z.array(
  z.object({
    entityReference: z.string(),
    permission: z.string(),
    policy: z.string(),
    effect: z.string(),
  }),
);

/** `GET /roles/conditions` of RBAC. */
export const conditionsSchema = z.array(
  z.object({
    roleEntityRef: z.string(),
    pluginId: z.string(),
    resourceType: z.string(),
    // An action alone is for every permission with it.
    permissionMapping: z.array(
      z.union([z.string(), z.object({ name: z.string(), action: z.string() })]),
    ),
    conditions: criteriaSchema,
  }),
);

/** Roles, and what they may do, as RBAC has them. */
export interface RbacState {
  plugins: z.infer<typeof pluginPermissionsSchema>;
  rules: z.infer<typeof conditionRulesSchema>;
  pluginIds: string[];
  roles: z.infer<typeof rolesSchema>;
  policies: z.infer<typeof policiesSchema>;
  conditions: z.infer<typeof conditionsSchema>;
}
