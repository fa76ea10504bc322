import type { JsonObject } from '@backstage/types';
import { z } from 'zod';
import type {
  Approval,
  ApprovalDetails,
  ApprovalEvent,
  Approver,
  RequireApproval,
  RequiredApproval,
} from './types';

const isoDate = z.iso.datetime();
const userRef = z
  .string()
  .max(300)
  .regex(/^user:[^:/\s]+\/[^:/\s]+$/i, 'wants a user such as user:default/bob');
const reason = z.string().trim().min(1).max(1_000);

/** @public */
export const approvalStateSchema = z.enum([
  'pending',
  'approved',
  'rejected',
  'expired',
  'cancelled',
  'used',
]);

/** @public */
export const planPartSchema = z.enum([
  'template',
  'parameters',
  'request',
  'rule',
]);

const approvalShape = {
  id: z.string(),
  state: approvalStateSchema,
  title: z.string(),
  reason: z.string(),
  requester: z.string(),
  organisation: z.string(),
  templateRef: z.string(),
  rule: z.string(),
  cost: z.number().optional(),
  services: z.array(z.string()),
  createdAt: isoDate,
  expiresAt: isoDate,
  decidedBy: z.string().optional(),
  decidedAt: isoDate.optional(),
  decisionReason: z.string().optional(),
};

/** @public */
export const approvalSchema: z.ZodType<Approval> = z.object(approvalShape);

/** @public */
export const approvalListSchema = z.object({
  items: z.array(approvalSchema),
  totalItems: z.number().int(),
});

/** @public */
export const approverSchema: z.ZodType<Approver> = z.object({
  ref: z.string(),
  delegatedBy: z.string().optional(),
});

/** @public */
export const approvalEventSchema: z.ZodType<ApprovalEvent> = z.object({
  id: z.string(),
  at: isoDate,
  type: z.string(),
  actor: z.string(),
  message: z.string(),
});

/** @public */
export const approvalDetailsSchema: z.ZodType<ApprovalDetails> = z.object({
  ...approvalShape,
  preview: z.array(z.string()),
  parameters: z.record(z.string(), z.unknown()) as z.ZodType<JsonObject>,
  omitted: z.array(z.string()),
  planHash: z.string(),
  taskId: z.string(),
  usedByTask: z.string().optional(),
  approvers: z.array(approverSchema),
  previous: z
    .object({ id: z.string(), differences: z.array(planPartSchema) })
    .optional(),
  history: z.array(approvalEventSchema),
  may: z.object({
    decide: z.boolean(),
    delegate: z.boolean(),
    cancel: z.boolean(),
    start: z.boolean(),
  }),
});

/** @public */
export const requireApprovalSchema: z.ZodType<RequireApproval> = z.strictObject(
  {
    taskId: z.uuid(),
    stepId: z.string().min(1).max(200),
    reason,
    title: z.string().trim().min(1).max(200).optional(),
    cost: z.number().nonnegative().max(1e12).optional(),
    services: z.array(z.string().min(1).max(100)).max(50).optional(),
    formulas: z
      .array(
        z
          .string()
          .max(300)
          .regex(
            /^formula:[^:/\s]+\/[^:/\s]+$/i,
            'wants a formula such as formula:default/ml-research',
          ),
      )
      .max(50)
      .optional(),
    preview: z.array(z.string().max(1_000)).max(100).optional(),
    secretKeys: z.array(z.string().max(200)).max(100).optional(),
  },
);

/** @public */
export const requiredApprovalSchema: z.ZodType<RequiredApproval> = z.union([
  z.object({ outcome: z.literal('notNeeded') }),
  z.object({
    outcome: z.enum(['approved', 'pending']),
    approval: approvalSchema,
    approvers: z.array(z.string()),
    differences: z.array(planPartSchema),
  }),
]);

/** @public */
export const decideRequestSchema = z.strictObject({
  decision: z.enum(['approve', 'reject']),
  reason,
});

/** @public */
export const cancelRequestSchema = z.strictObject({
  reason: reason.optional(),
});

/** @public */
export const delegateRequestSchema = z.strictObject({
  userRef,
  reason,
});

/** @public */
export const approvalsQuerySchema = z.strictObject({
  view: z.enum(['mine', 'decide', 'all']).default('mine'),
  state: approvalStateSchema.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
