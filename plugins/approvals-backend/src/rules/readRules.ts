import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { z } from 'zod';
import { Rule } from './Rule';

const DEFAULT_EXPIRY_MS = durationToMilliseconds({ days: 7 });

/** A ref such as `group:default/acme`, of one of some kinds. */
function entityRef(...kinds: string[]) {
  return z.string().transform((text, context) => {
    try {
      const ref = parseEntityRef(text);
      if (kinds.length === 0 || kinds.includes(ref.kind.toLowerCase())) {
        return stringifyEntityRef(ref);
      }
    } catch {
      // Told below, in words that name the key.
    }
    context.addIssue({
      code: 'custom',
      message: `wants a ref such as ${
        kinds[0] ?? 'component'
      }:default/name, not "${text}"`,
    });
    return z.NEVER;
  });
}

const list = <T extends z.ZodType>(item: T) => z.array(item).min(1);

const ruleSchema = z.strictObject({
  name: z.string().min(1).max(100),
  match: z
    .strictObject({
      templates: list(entityRef('template', 'formula')).optional(),
      services: list(z.string().min(1)).optional(),
      requesters: list(entityRef('group', 'user')).optional(),
      organisations: list(z.string().min(1)).optional(),
      costAbove: z.number().nonnegative().optional(),
    })
    .default({}),
  approvers: z
    .strictObject({
      users: list(entityRef('user')).default([]),
      groups: list(entityRef('group')).default([]),
      ownersOf: z.union([z.literal('template'), entityRef()]).optional(),
      organisationAdmins: z.boolean().default(false),
    })
    .refine(
      ({ users, groups, ownersOf, organisationAdmins }) =>
        users.length + groups.length > 0 || ownersOf || organisationAdmins,
      'wants users, groups, ownersOf or organisationAdmins: somebody must be able to decide',
    ),
  // Durations are read by Backstage, which knows their forms.
  expiry: z.unknown().optional(),
  reminder: z.unknown().optional(),
  delegation: z.boolean().default(true),
});

const rulesSchema = z.array(ruleSchema).superRefine((rules, context) => {
  const names = rules.map(({ name }) => name);
  names.forEach((name, index) => {
    if (names.indexOf(name) < index) {
      context.addIssue({
        code: 'custom',
        path: [index, 'name'],
        message: `"${name}" is the name of an earlier rule`,
      });
    }
  });
});

/** Placeholder of the organisation's name in `approvals.organisationAdmins`. */
const ORGANISATION = '{organisation}';

/**
 * The group whose members are the admins of an organisation, from
 * `approvals.organisationAdmins`; undefined when the config does not say.
 */
export function readOrganisationAdmins(
  config: Config,
): ((organisation: string) => string) | undefined {
  const key = 'approvals.organisationAdmins';
  const pattern = config.getOptionalString(key);
  if (pattern === undefined) return undefined;
  const groupOf = (organisation: string) =>
    pattern.replaceAll(ORGANISATION, organisation);
  if (
    !pattern.includes(ORGANISATION) ||
    !entityRef('group').safeParse(groupOf('name')).success
  ) {
    throw new InputError(
      `${key} wants the ref of a group with ${ORGANISATION} in its name, such as group:default/${ORGANISATION}-admins, not "${pattern}"`,
    );
  }
  return organisation => groupOf(organisation).toLocaleLowerCase('en-US');
}

/**
 * The rules of `approvals.rules`, in their order.
 *
 * @throws InputError that names the key that is wrong
 */
export function readRules(config: Config): Rule[] {
  const key = 'approvals.rules';
  const result = rulesSchema.safeParse(config.getOptional(key) ?? []);
  if (!result.success) {
    throw new InputError(
      result.error.issues
        .map(({ path, message }) => `${keyOf(key, path)}: ${message}`)
        .join('; '),
    );
  }
  const sections = config.getOptionalConfigArray(key) ?? [];
  return result.data.map((rule, index) => {
    const { name, match, approvers, delegation } = rule;
    if (
      approvers.organisationAdmins &&
      !config.has('approvals.organisationAdmins')
    ) {
      throw new InputError(
        `${key}[${index}].approvers.organisationAdmins: approvals.organisationAdmins has to say which group that is`,
      );
    }
    const ms = (duration: string) =>
      durationToMilliseconds(
        readDurationFromConfig(sections[index], { key: duration }),
      );
    return {
      name,
      match,
      approvers,
      delegation,
      expiryMs: positive(
        rule.expiry === undefined ? DEFAULT_EXPIRY_MS : ms('expiry'),
        `${key}[${index}].expiry`,
      ),
      reminderMs:
        rule.reminder === undefined
          ? undefined
          : positive(ms('reminder'), `${key}[${index}].reminder`),
    };
  });
}

function keyOf(key: string, path: PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : `${text}.${String(part)}`,
    key,
  );
}

function positive(ms: number, key: string): number {
  if (ms < 60_000) throw new InputError(`${key} wants a minute at least`);
  return ms;
}
