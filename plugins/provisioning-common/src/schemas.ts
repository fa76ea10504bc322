import { z } from 'zod';
import {
  PersonEntry,
  PersonStatus,
  ProvisioningEvent,
  RequestedRun,
  Run,
  Step,
  WebhookDelivery,
} from './runs';
import {
  Account,
  Person,
  PersonLifecycle,
  ServiceInfo,
  ServiceStatus,
} from './types';

const isoDate = z.iso.datetime();

/** @public */
export const personSchema: z.ZodType<Person> = z.object({
  userRef: z.string(),
  issuer: z.string(),
  subject: z.string(),
  username: z.string(),
  email: z.string(),
  emailVerified: z.boolean(),
  displayName: z.string(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  organisation: z.string(),
  groups: z.array(z.string()),
  roles: z.array(z.string()).optional(),
  attributes: z.record(z.string(), z.string()).optional(),
});

/** @public */
export const personStateSchema = z.enum(['active', 'suspended', 'removed']);

/** @public */
export const personLifecycleSchema: z.ZodType<PersonLifecycle> = z.object({
  state: personStateSchema,
  reason: z.string().optional(),
  since: isoDate.optional(),
  removeAfter: isoDate.optional(),
});

/** @public */
export const accountSchema: z.ZodType<Account> = z.object({
  service: z.string(),
  state: z.enum(['pending', 'active', 'failed', 'suspended', 'removed']),
  externalId: z.string().optional(),
  username: z.string().optional(),
  url: z.string().optional(),
  message: z.string().optional(),
  observedAt: isoDate,
});

const serviceInfoShape = {
  service: z.string(),
  title: z.string(),
  url: z.string(),
};

/** @public */
export const serviceInfoSchema: z.ZodType<ServiceInfo> =
  z.object(serviceInfoShape);

/** @public */
export const serviceStatusSchema: z.ZodType<ServiceStatus> = z.object({
  ...serviceInfoShape,
  reachable: z.boolean(),
  authorized: z.boolean(),
  version: z.string().optional(),
  message: z.string().optional(),
  observedAt: isoDate,
  circuit: z
    .object({
      failingSince: isoDate,
      nextTryAt: isoDate,
      lastError: z.string(),
    })
    .optional(),
});

/** @public */
export const stepSchema: z.ZodType<Step> = z.object({
  id: z.uuid(),
  service: z.string(),
  state: z.enum([
    'pending',
    'running',
    'waiting',
    'succeeded',
    'failed',
    'cancelled',
  ]),
  outcome: z
    .enum([
      'created',
      'adopted',
      'updated',
      'unchanged',
      'suspended',
      'restored',
      'removed',
    ])
    .optional(),
  message: z.string().optional(),
  attempts: z.int().nonnegative(),
  nextAttemptAt: isoDate.optional(),
  startedAt: isoDate.optional(),
  finishedAt: isoDate.optional(),
});

/** @public */
export const runStateSchema = z.enum([
  'running',
  'succeeded',
  'failed',
  'cancelled',
]);

/** @public */
export const runKindSchema = z.enum([
  'onboard',
  'suspend',
  'restore',
  'remove',
  'rollback',
]);

/** @public */
export const runSchema: z.ZodType<Run> = z.object({
  id: z.uuid(),
  kind: runKindSchema,
  state: runStateSchema,
  source: z.enum(['webhook', 'self', 'admin', 'action', 'retention']),
  requestedBy: z.string(),
  userRef: z.string(),
  organisation: z.string(),
  message: z.string().optional(),
  rollsBack: z.uuid().optional(),
  rolledBackBy: z.uuid().optional(),
  steps: z.array(stepSchema),
  createdAt: isoDate,
  finishedAt: isoDate.optional(),
});

/** @public */
export const eventSchema: z.ZodType<ProvisioningEvent> = z.object({
  id: z.string(),
  at: isoDate,
  type: z.string(),
  actor: z.string(),
  service: z.string().optional(),
  message: z.string(),
});

/** @public */
export const personStatusSchema: z.ZodType<PersonStatus> = z.object({
  userRef: z.string(),
  person: personSchema.optional(),
  lifecycle: personLifecycleSchema.optional(),
  services: z.array(serviceInfoSchema),
  accounts: z.array(accountSchema),
  run: runSchema.optional(),
});

/** @public */
export const requestedRunSchema: z.ZodType<RequestedRun> = z.object({
  run: runSchema,
  joined: z.boolean(),
});

/**
 * Body of `POST /me/runs`.
 *
 * @public
 */
export const prepareRequestSchema = z.strictObject({
  /** Which services; all that are set up when left out. */
  services: z.array(z.string().min(1).max(63)).min(1).max(50).optional(),
});

/**
 * Body of `POST /persons`.
 *
 * @public
 */
export const onboardRequestSchema = prepareRequestSchema.extend({
  userRef: z.string().min(1).max(253),
});

/**
 * Body of `POST /persons/{userRef}/suspend` and `/remove`.
 *
 * @public
 */
export const offboardRequestSchema = z.strictObject({
  /** Why, for the record and the person. */
  reason: z.string().trim().min(1).max(500),
});

/**
 * Query of the lists.
 *
 * @public
 */
export const pageQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});

/**
 * Query of `GET /persons`.
 *
 * @public
 */
export const personsQuerySchema = pageQuerySchema.extend({
  state: personStateSchema.optional(),
  /** Part of a name, username or e-mail address. */
  search: z.string().trim().min(1).max(100).optional(),
});

/** @public */
export const deliveryStateSchema = z.enum([
  'stored',
  'processed',
  'ignored',
  'failed',
]);

/**
 * Query of `GET /deliveries`.
 *
 * @public
 */
export const deliveriesQuerySchema = pageQuerySchema.extend({
  state: deliveryStateSchema.optional(),
});

/**
 * Query of `GET /runs`.
 *
 * @public
 */
export const runsQuerySchema = pageQuerySchema.extend({
  state: runStateSchema.optional(),
  kind: runKindSchema.optional(),
  userRef: z.string().min(1).max(253).optional(),
  /** Those that wait for it, or failed there. */
  service: z.string().min(1).max(63).optional(),
  /** Each person's latest run only. */
  latest: z.stringbool({ truthy: ['true'], falsy: ['false'] }).optional(),
});

/** @public */
export const runListSchema = z.object({
  items: z.array(runSchema),
  totalItems: z.int().nonnegative(),
});

/** @public */
export const personEntrySchema: z.ZodType<PersonEntry> = z.object({
  person: personSchema,
  lifecycle: personLifecycleSchema,
  accounts: z.array(accountSchema),
});

/** @public */
export const personListSchema = z.object({
  items: z.array(personEntrySchema),
  totalItems: z.int().nonnegative(),
});

/** @public */
export const deliverySchema: z.ZodType<WebhookDelivery> = z.object({
  id: z.uuid(),
  source: z.string(),
  type: z.string(),
  state: deliveryStateSchema,
  message: z.string().optional(),
  attempts: z.int().nonnegative(),
  runId: z.uuid().optional(),
  userRef: z.string().optional(),
  receivedAt: isoDate,
  finishedAt: isoDate.optional(),
});

/** @public */
export const deliveryListSchema = z.object({
  items: z.array(deliverySchema),
  totalItems: z.int().nonnegative(),
});

/** @public */
export const eventListSchema = z.object({ items: z.array(eventSchema) });

/** @public */
export const serviceListSchema = z.object({
  items: z.array(serviceStatusSchema),
});

/** @public */
export const serviceInfoListSchema = z.object({
  items: z.array(serviceInfoSchema),
});
