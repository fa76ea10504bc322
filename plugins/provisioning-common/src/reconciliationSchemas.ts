import { z } from 'zod';
import {
  AppliedDrifts,
  Drift,
  DriftCount,
  ReconciledService,
  Reconciliation,
} from './reconciliations';
import { pageQuerySchema, personStateSchema } from './schemas';

const isoDate = z.iso.datetime();
const count = z.int().nonnegative();

/** @public */
export const driftKindSchema = z.enum([
  'missing',
  'renamed',
  'changed',
  'wrong-link',
  'suspended',
  'still-active',
  'orphaned',
  'duplicate',
]);

/** @public */
export const driftStateSchema = z.enum([
  'open',
  'chosen',
  'applied',
  'skipped',
  'failed',
]);

/** @public */
export const driftSchema: z.ZodType<Drift> = z.object({
  id: z.uuid(),
  kind: driftKindSchema,
  service: z.string(),
  userRef: z.string().optional(),
  username: z.string(),
  displayName: z.string(),
  personState: personStateSchema.optional(),
  account: z
    .object({
      externalId: z.string(),
      username: z.string(),
      url: z.string().optional(),
    })
    .optional(),
  found: z.string(),
  wanted: z.string(),
  mend: z.enum(['prepare', 'suspend', 'block', 'administrator']),
  state: driftStateSchema,
  message: z.string().optional(),
  runId: z.uuid().optional(),
});

/** @public */
export const driftListSchema = z.object({
  items: z.array(driftSchema),
  totalItems: count,
});

/** @public */
export const driftCountSchema: z.ZodType<DriftCount> = z.object({
  kind: driftKindSchema,
  state: driftStateSchema,
  count,
});

/** @public */
export const reconciledServiceSchema: z.ZodType<ReconciledService> = z.object({
  service: z.string(),
  found: count,
  gone: count,
  unreadable: count,
  listed: count.optional(),
  message: z.string().optional(),
});

/** @public */
export const reconciliationSchema: z.ZodType<Reconciliation> = z.object({
  id: z.uuid(),
  state: z.enum(['running', 'succeeded', 'cancelled']),
  requestedBy: z.string(),
  totalPersons: count,
  checkedPersons: count,
  busyPersons: count,
  services: z.array(reconciledServiceSchema),
  drifts: z.array(driftCountSchema),
  createdAt: isoDate,
  finishedAt: isoDate.optional(),
});

/** @public */
export const reconciliationListSchema = z.object({
  items: z.array(reconciliationSchema),
  totalItems: count,
});

/**
 * Query of `GET /reconciliations/{id}/drifts`.
 *
 * @public
 */
export const driftsQuerySchema = pageQuerySchema.extend({
  kind: driftKindSchema.optional(),
  service: z.string().min(1).max(63).optional(),
});

/**
 * Body of `POST /reconciliations/{id}/apply`.
 *
 * @public
 */
export const applyRequestSchema = z.strictObject({
  /** Which drifts; all that can be mended when left out. */
  driftIds: z.array(z.uuid()).min(1).max(1000).optional(),
});

/** @public */
export const appliedDriftsSchema: z.ZodType<AppliedDrifts> = z.object({
  accepted: count,
  needAdministrator: count,
  doneBefore: count,
});
