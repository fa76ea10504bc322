import { z } from 'zod';
import { accountSchema } from './schemas';
import { Account, ServiceId } from './types';

/**
 * Something that a person has in a service besides the account: membership in a
 * team, rights to a repository, a workspace.
 *
 * @public
 */
export interface Entitlement {
  /** What it is in its service, such as `team`. */
  kind: string;
  /** Its name in the service, such as `acme/backend`; unique within the kind. */
  name: string;
  /** How much of it, where there is more and less, such as `write`. */
  level?: string;
  /**
   * Whether it is given one time only and never taken back, since what people
   * made is in it.
   */
  once?: boolean;
}

/**
 * A rule that gives something, and why.
 *
 * @public
 */
export interface EntitlementReason {
  /** Name of the rule in `provisioning.defaults`. */
  rule: string;
  /** What of the person made the rule match, for people. */
  because: string;
}

/**
 * What a run would do about an entitlement: `give` and `take` change it, `keep`
 * leaves what is there as it is, `leave` does not take back what no rule gives
 * any more, `unknown` when the service could not be asked.
 *
 * @public
 */
export type EntitlementChange = 'give' | 'keep' | 'take' | 'leave' | 'unknown';

/**
 * An entitlement in an {@link EntitlementPlan}.
 *
 * @public
 */
export interface PlannedEntitlement extends Entitlement {
  change: EntitlementChange;
  /** Rules that give it; empty when none does any more. */
  reasons: EntitlementReason[];
  /** Whether it is there because of a rule, and would be taken back without one. */
  ours: boolean;
}

/**
 * What a run would do in a service.
 *
 * @public
 */
export interface PlannedService {
  service: ServiceId;
  /** Name of the service as people know it. */
  title: string;
  /**
   * `create`: the person gets an account; `keep`: has one already; `leave`: has
   * one that no rule gives any more, and which stays; `none`: gets none.
   */
  change: 'create' | 'keep' | 'leave' | 'none';
  /** Rules that give the account; empty when none does, or when rules do not choose the services. */
  reasons: EntitlementReason[];
  /** The account as last observed. */
  account?: Account;
  entitlements: PlannedEntitlement[];
  /** Why it could not be seen what is there, for people. */
  problem?: string;
}

/**
 * A rule of `provisioning.defaults` and whether it holds for the person.
 *
 * @public
 */
export interface RuleVerdict {
  rule: string;
  matches: boolean;
  /** Why or why not, for people. */
  because: string;
}

/**
 * What a person would get, and why. Nothing was changed.
 *
 * @public
 */
export interface EntitlementPlan {
  userRef: string;
  displayName: string;
  /** What the rules were asked about. */
  organisation: string;
  groups: string[];
  roles: string[];
  rules: RuleVerdict[];
  services: PlannedService[];
  /** Why the person gets nothing at all for now, for people. */
  refusal?: string;
}

/** @public */
export const entitlementReasonSchema: z.ZodType<EntitlementReason> = z.object({
  rule: z.string(),
  because: z.string(),
});

/** @public */
export const plannedEntitlementSchema: z.ZodType<PlannedEntitlement> = z.object(
  {
    kind: z.string(),
    name: z.string(),
    level: z.string().optional(),
    once: z.boolean().optional(),
    change: z.enum(['give', 'keep', 'take', 'leave', 'unknown']),
    reasons: z.array(entitlementReasonSchema),
    ours: z.boolean(),
  },
);

/** @public */
export const plannedServiceSchema: z.ZodType<PlannedService> = z.object({
  service: z.string(),
  title: z.string(),
  change: z.enum(['create', 'keep', 'leave', 'none']),
  reasons: z.array(entitlementReasonSchema),
  account: accountSchema.optional(),
  entitlements: z.array(plannedEntitlementSchema),
  problem: z.string().optional(),
});

/** @public */
export const ruleVerdictSchema: z.ZodType<RuleVerdict> = z.object({
  rule: z.string(),
  matches: z.boolean(),
  because: z.string(),
});

/** @public */
export const entitlementPlanSchema: z.ZodType<EntitlementPlan> = z.object({
  userRef: z.string(),
  displayName: z.string(),
  organisation: z.string(),
  groups: z.array(z.string()),
  roles: z.array(z.string()),
  rules: z.array(ruleVerdictSchema),
  services: z.array(plannedServiceSchema),
  refusal: z.string().optional(),
});

const name = z.string().trim().min(1).max(253);

/**
 * Body of `POST /entitlements/preview`.
 *
 * @public
 */
export const entitlementPreviewRequestSchema = z
  .strictObject({
    /** Ref of the user. */
    userRef: name.optional(),
    /** The identity provider's id of the person, in place of the ref. */
    subject: name.optional(),
    /** What the rules are asked about in place of what the person is, to see what a move would bring. */
    as: z
      .strictObject({
        organisation: name.optional(),
        groups: z.array(name).max(100).optional(),
        roles: z.array(name).max(100).optional(),
      })
      .optional(),
  })
  .refine(
    ({ userRef, subject }) =>
      (userRef === undefined) !== (subject === undefined),
    { error: 'Name the person by either userRef or subject' },
  );

/**
 * A question for {@link EntitlementPlan}: one of `userRef` and `subject` says who.
 *
 * @public
 */
export type EntitlementPreviewRequest = z.infer<
  typeof entitlementPreviewRequestSchema
>;
