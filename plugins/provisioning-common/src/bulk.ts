import { z } from 'zod';
import { ServiceId } from './types';

/**
 * Most lines of a file of {@link BulkPreview}, the header not counted.
 *
 * @public
 */
export const BULK_MAX_LINES = 10_000;

/**
 * Largest file of {@link BulkPreview}, in bytes.
 *
 * @public
 */
export const BULK_MAX_BYTES = 2 * 1024 * 1024;

/**
 * What would be done for a line.
 *
 * @public
 */
export type BulkVerdict = 'onboard' | 'unchanged' | 'suspended' | 'refused';

/**
 * A line of a file and what would be done for it.
 *
 * @public
 */
export interface BulkPreviewLine {
  /** Number of the line in the file, whose header is 1; of a group's people, by name from 1. */
  line: number;
  /** Whom the line names, in its own words. */
  given: string;
  /** Absent when nobody was found. */
  userRef?: string;
  /** All that are set up when absent. */
  services?: ServiceId[];
  verdict: BulkVerdict;
  /** Why nothing is done, for people; absent for `onboard`. */
  message?: string;
}

/**
 * What a file would lead to. Nothing was changed.
 *
 * @public
 */
export interface BulkPreview {
  lines: BulkPreviewLine[];
  /** Lines by verdict. */
  counts: Record<BulkVerdict, number>;
}

/**
 * State of a line: `waiting` until its run begins, then the run's state;
 * `unchanged`, `suspended` and `refused` lines have no run.
 *
 * @public
 */
export type BulkLineState =
  | 'waiting'
  | 'running'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'unchanged'
  | 'suspended'
  | 'refused';

/**
 * A line of a bulk onboarding.
 *
 * @public
 */
export interface BulkLine {
  /** Number of the line in the file, whose header is 1; of a group's people, by name from 1. */
  line: number;
  given: string;
  userRef?: string;
  services?: ServiceId[];
  state: BulkLineState;
  /** Why it was refused or is tried again, for people. */
  message?: string;
  runId?: string;
}

/**
 * A bulk onboarding and how far it is.
 *
 * @public
 */
export interface BulkJob {
  id: string;
  /** `finished` when every line has an answer that stays. */
  state: 'running' | 'finished';
  requestedBy: string;
  /** Ref of the group that it is for; absent for a file. */
  group?: string;
  /** ISO 8601. */
  createdAt: string;
  /** Of the file, the header not counted. */
  totalLines: number;
  /** Lines by state. */
  counts: Record<BulkLineState, number>;
}

/**
 * Whom a bulk onboarding is for: a CSV file, or the members of a group of the
 * catalog and of the groups right below it.
 *
 * @public
 */
export type BulkSource = string | Blob | { group: string };

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
        'Send the name of a group here, or a file with the Content-Type text/csv',
    })
    .trim()
    .min(1)
    .max(253),
});

const count = z.int().nonnegative();

/** @public */
export const bulkPreviewLineSchema: z.ZodType<BulkPreviewLine> = z.object({
  line: count,
  given: z.string(),
  userRef: z.string().optional(),
  services: z.array(z.string()).optional(),
  verdict: z.enum(['onboard', 'unchanged', 'suspended', 'refused']),
  message: z.string().optional(),
});

/** @public */
export const bulkPreviewSchema: z.ZodType<BulkPreview> = z.object({
  lines: z.array(bulkPreviewLineSchema),
  counts: z.object({
    onboard: count,
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
  requestedBy: z.string(),
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
