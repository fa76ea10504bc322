import { createPermissionRule } from '@backstage/plugin-permission-node';
import { TaskSpec } from '@backstage/plugin-scaffolder-common';
import { SerializedTask } from '@backstage/plugin-scaffolder-node';
import { scaffolderTaskPermissionResourceRef } from '@backstage/plugin-scaffolder-node/alpha';
import { ORGANIZATION_ANNOTATION } from '@formulary/plugin-organization-sync-node';
// The permission framework takes schemas of zod 3 (plugin-permission-node's types).
import { z } from 'zod/v3';

const PLACEHOLDER = '{organisation}';

/** What the rule is told. */
export const organizationParamsSchema = z.object({
  claims: z
    .array(z.string())
    .describe('Refs of the user and of the groups that they belong to'),
  admins: z
    .string()
    .includes(PLACEHOLDER)
    .describe(
      `Ref of the group of an organisation’s administrators, ${PLACEHOLDER} for its name`,
    ),
});

type OrganizationParams = z.infer<typeof organizationParamsSchema>;

const lowerCase = (ref: string) => ref.toLocaleLowerCase('en-US');

/** Refs of the organisations among the claims whose administrators' group is among them, too. */
export function administeredOrganizations({
  claims,
  admins,
}: OrganizationParams): string[] {
  const held = new Set(claims.map(lowerCase));
  return [...held].filter(ref => {
    const [, name] = /^group:[^/]+\/(.+)$/.exec(ref) ?? [];
    return name && held.has(lowerCase(admins).replaceAll(PLACEHOLDER, name));
  });
}

/** The organisation that who started a task belonged to then; a task keeps the user's entity. */
function organizationOf({ user }: TaskSpec): string | undefined {
  return user?.entity?.metadata.annotations?.[ORGANIZATION_ANNOTATION];
}

/**
 * Whether a task was started by somebody of an organisation that the claims
 * administer. The scaffolder's own routes do not know it, see
 * `OrganizationPermissions`.
 */
export const isTaskOfOrganization = createPermissionRule({
  name: 'IS_TASK_OF_ORGANIZATION',
  description:
    'Allow tasks that people of organisations have started whose administrators are among the claims',
  resourceRef: scaffolderTaskPermissionResourceRef,
  paramsSchema: organizationParamsSchema,
  apply: ({ spec }: SerializedTask, params) => {
    const organization = organizationOf(spec);
    return (
      organization !== undefined &&
      administeredOrganizations(params).includes(lowerCase(organization))
    );
  },
  // Nobody's: a list is filtered by what OrganizationPermissions makes of the rule.
  toQuery: () => ({ key: 'created_by', values: [] }),
});
