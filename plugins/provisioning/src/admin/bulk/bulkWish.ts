import {
  BulkOperation,
  bulkOperationSchema,
  bulkPersonsRequestSchema,
} from '@formulary/plugin-provisioning-common';
import { z } from 'zod';

/** What another page wants done for people who were chosen there. */
export interface BulkWish {
  operation: BulkOperation;
  /** Refs. */
  persons: string[];
}

const wishSchema: z.ZodType<BulkWish> = bulkPersonsRequestSchema.extend({
  operation: bulkOperationSchema,
});

/** What the state of a location asks for; undefined when nobody was chosen. */
export function wishOf(state: unknown): BulkWish | undefined {
  return wishSchema.safeParse(state).data;
}
