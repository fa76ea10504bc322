import { z } from 'zod';
import {
  BULK_MAX_PERSONS,
  BulkJob,
  BulkLine,
  BulkPreview,
  BulkPreviewLine,
} from './bulk';

/**
 * Body of `POST /bulk` and `POST /bulk/preview` in place of a file.
 *
 * @public
 */
export const bulkGroupRequestSchema = z.strictObject({
  /** Ref of the group, such as `group:default/acme`. */
  group: z
    .string({
      error:
        'Send the name of a group or a list of persons here, or a file with the Content-Type text/csv',
    })
    .trim()
    .min(1)
    .max(253),
});

/**
 * Body of `POST /bulk` and `POST /bulk/preview` in place of a file or a group.
 *
 * @public
 */
export const bulkPersonsRequestSchema = z.strictObject({
  /** Refs or usernames. */
  persons: z
    .array(z.string().trim().min(1).max(253))
    .min(1)
    .max(BULK_MAX_PERSONS, {
      error: `Name at most ${BULK_MAX_PERSONS} people one by one; send more as a file`,
    }),
});

/** @public */
export const bulkOperationSchema = z.enum([
  'onboard',
  'update',
  'suspend',
  'restore',
  'remove',
]);

/**
 * Query of `POST /bulk/preview`.
 *
 * @public
 */
export const bulkPreviewQuerySchema = z.strictObject({
  operation: bulkOperationSchema.default('onboard'),
});

/**
 * Query of `POST /bulk`: operations that block or delete want a reason, and
 * those that delete the number of people whom it is done to.
 *
 * @public
 */
export const bulkStartQuerySchema = z
  .strictObject({
    operation: bulkOperationSchema.default('onboard'),
    /** Why, for the record and the people. */
    reason: z.string().trim().min(1).max(500).optional(),
    /** For how many people the preview said that it would be done. */
    confirm: z.coerce.number().int().min(1).optional(),
  })
  .refine(
    ({ operation, reason }) =>
      (operation === 'suspend' || operation === 'remove') ===
      (reason !== undefined),
    {
      path: ['reason'],
      error:
        'Say why when accounts are suspended or removed, and only then: people are told',
    },
  )
  .refine(
    ({ operation, confirm }) => operation !== 'remove' || confirm !== undefined,
    {
      path: ['confirm'],
      error:
        'Removing cannot be undone: say here for how many people the preview says that accounts are removed',
    },
  );

const count = z.int().nonnegative();

/** @public */
export const bulkPreviewLineSchema: z.ZodType<BulkPreviewLine> = z.object({
  line: count,
  given: z.string(),
  userRef: z.string().optional(),
  services: z.array(z.string()).optional(),
  accounts: z.array(z.string()).optional(),
  verdict: z.enum([
    ...bulkOperationSchema.options,
    'unchanged',
    'suspended',
    'refused',
  ]),
  message: z.string().optional(),
});

/** @public */
export const bulkPreviewSchema: z.ZodType<BulkPreview> = z.object({
  lines: z.array(bulkPreviewLineSchema),
  counts: z.object({
    onboard: count.optional(),
    update: count.optional(),
    suspend: count.optional(),
    restore: count.optional(),
    remove: count.optional(),
    unchanged: count,
    suspended: count,
    refused: count,
  }),
});

/** @public */
export const bulkLineStateSchema = z.enum([
  'waiting',
  'running',
  'succeeded',
  'failed',
  'cancelled',
  'unchanged',
  'suspended',
  'refused',
]);

/** @public */
export const bulkLineSchema: z.ZodType<BulkLine> = z.object({
  line: count,
  given: z.string(),
  userRef: z.string().optional(),
  services: z.array(z.string()).optional(),
  state: bulkLineStateSchema,
  message: z.string().optional(),
  runId: z.uuid().optional(),
});

/** @public */
export const bulkLineListSchema = z.object({
  items: z.array(bulkLineSchema),
  totalItems: count,
});

/** @public */
export const bulkJobSchema: z.ZodType<BulkJob> = z.object({
  id: z.uuid(),
  state: z.enum(['running', 'finished']),
  operation: bulkOperationSchema,
  reason: z.string().optional(),
  requestedBy: z.string(),
  source: z.enum(['file', 'group', 'persons']),
  group: z.string().optional(),
  createdAt: z.iso.datetime(),
  totalLines: count,
  counts: z.object({
    waiting: count,
    running: count,
    succeeded: count,
    failed: count,
    cancelled: count,
    unchanged: count,
    suspended: count,
    refused: count,
  }),
});

/** @public */
export const bulkJobListSchema = z.object({
  items: z.array(bulkJobSchema),
  totalItems: count,
});

/**
 * Query of `GET /bulk/{id}/lines`.
 *
 * @public
 */
export const bulkLinesQuerySchema = z.strictObject({
  state: bulkLineStateSchema.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
