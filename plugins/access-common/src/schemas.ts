import { z } from 'zod';
import type {
  AccessFormula,
  AccessGroup,
  AccessPermission,
  AccessReason,
  AccessReport,
  AccessRole,
} from './types';

/** @public */
export const accessOutcomeSchema = z.enum(['allow', 'conditional', 'deny']);

/** @public */
export const accessGroupSchema: z.ZodType<AccessGroup> = z.object({
  ref: z.string(),
  title: z.string(),
  isOrganisation: z.boolean(),
  path: z.array(z.string()),
});

/** @public */
export const accessRoleSchema: z.ZodType<AccessRole> = z.object({
  ref: z.string(),
  members: z.array(z.object({ ref: z.string(), path: z.array(z.string()) })),
  source: z.string(),
});

/** @public */
export const accessReasonSchema: z.ZodType<AccessReason> = z.object({
  role: z.string(),
  effect: accessOutcomeSchema,
  line: z.string(),
  condition: z.string().optional(),
});

/** @public */
export const accessPermissionSchema: z.ZodType<AccessPermission> = z.object({
  plugin: z.string(),
  name: z.string(),
  action: z.string(),
  resourceType: z.string().optional(),
  outcome: accessOutcomeSchema,
  reasons: z.array(accessReasonSchema),
});

/** @public */
export const accessFormulaSchema: z.ZodType<AccessFormula> = z.object({
  ref: z.string(),
  kind: z.enum(['formula', 'template']),
  title: z.string(),
  organisation: z.string().optional(),
  isShared: z.boolean(),
});

/** @public */
export const accessReportSchema: z.ZodType<AccessReport> = z.object({
  userRef: z.string(),
  displayName: z.string(),
  isSuperUser: z.boolean(),
  isDisabled: z.boolean(),
  groups: z.array(accessGroupSchema),
  roles: z.array(accessRoleSchema),
  permissions: z.array(accessPermissionSchema),
  formulas: z.array(accessFormulaSchema),
  unread: z.array(z.string()),
});
