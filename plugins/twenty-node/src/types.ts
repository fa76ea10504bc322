import { z } from 'zod';

/**
 * How long a call may take and who can end it.
 *
 * @public
 */
export interface TwentyCallOptions {
  signal?: AbortSignal;
}

/** Empty texts may be stored as null. */
const text = z
  .string()
  .nullable()
  .transform(value => value ?? '');

export const personSchema = z.object({
  id: z.string(),
  name: z.object({ firstName: text, lastName: text }),
  emails: z.object({ primaryEmail: text }),
  jobTitle: z.string().nullish(),
  companyId: z.string().nullable(),
  deletedAt: z.string().nullish(),
});

/** @public */
export type TwentyPerson = z.infer<typeof personSchema>;

export const companySchema = z.object({
  id: z.string(),
  name: text,
  domainName: z.object({ primaryLinkUrl: z.string().nullable() }).nullish(),
});

/** @public */
export type TwentyCompany = z.infer<typeof companySchema>;

export const opportunitySchema = z.object({
  id: z.string(),
  name: text,
  stage: z.string(),
  companyId: z.string().nullable(),
  pointOfContactId: z.string().nullable(),
});

/** @public */
export type TwentyOpportunity = z.infer<typeof opportunitySchema>;

/**
 * Values of fields that the workspace's admin added, by the names and in the
 * shapes of the API.
 *
 * @public
 */
export type TwentyCustomFields = Record<string, unknown>;

/** @public */
export interface NewTwentyCompany {
  name: string;
  domain?: string;
  customFields?: TwentyCustomFields;
}

/** @public */
export interface NewTwentyPerson {
  email: string;
  firstName: string;
  lastName: string;
  jobTitle?: string;
  companyId?: string;
  customFields?: TwentyCustomFields;
}

/** @public */
export interface NewTwentyOpportunity {
  name: string;
  /** One of the workspace's own stages. */
  stage: string;
  /** In whole units of the currency, such as euros. */
  amount?: number;
  /** ISO 4217 code. */
  currency?: string;
  /** ISO 8601. */
  closeDate?: string;
  companyId?: string;
  pointOfContactId?: string;
  customFields?: TwentyCustomFields;
}
