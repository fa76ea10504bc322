import { z } from 'zod';
import { ProvisioningEvent } from './runs';

/**
 * An event with whom it was about and what it changed.
 *
 * @public
 */
export interface AuditEvent extends ProvisioningEvent {
  /** Whom it was about; absent when it was nobody, or somebody whose name a successor has. */
  userRef?: string;
  runId?: string;
  /** What was before, as JSON; never a secret. */
  before?: unknown;
  /** What was after, as JSON; never a secret. */
  after?: unknown;
}

/**
 * Which events; all when empty.
 *
 * @public
 */
export interface AuditFilter {
  /** Who caused it. */
  actor?: string;
  /** Whom it was about. */
  userRef?: string;
  service?: string;
  type?: string;
  /** Not before, ISO 8601. */
  from?: string;
  /** Before, ISO 8601. */
  to?: string;
}

/** @public */
export const auditEventSchema: z.ZodType<AuditEvent> = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  type: z.string(),
  actor: z.string(),
  userRef: z.string().optional(),
  service: z.string().optional(),
  runId: z.uuid().optional(),
  message: z.string(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});

/** @public */
export const auditEventListSchema = z.object({
  items: z.array(auditEventSchema),
  /** Where the next page begins: its `after`; absent on the last one. */
  next: z.string().optional(),
});

const filterShape = {
  actor: z.string().min(1).max(253).optional(),
  userRef: z.string().min(1).max(253).optional(),
  service: z.string().min(1).max(63).optional(),
  type: z.string().min(1).max(100).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
};

/**
 * Query of `GET /events`.
 *
 * @public
 */
export const auditQuerySchema = z.strictObject({
  ...filterShape,
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** Events older than the one with this id. */
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
});

/**
 * Query of `GET /events/export`.
 *
 * @public
 */
export const auditExportQuerySchema = z.strictObject({
  ...filterShape,
  format: z.enum(['csv', 'jsonl']).default('csv'),
});
