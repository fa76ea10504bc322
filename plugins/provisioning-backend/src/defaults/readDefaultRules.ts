import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { Entitlement } from '@formulary/plugin-provisioning-common';
import { z } from 'zod';
import { ConnectorRegistry } from '../engine/ConnectorRegistry';
import { DefaultRule, DefaultRules } from './DefaultRules';

const KEY = 'provisioning.defaults';

const names = z.array(z.string().trim().min(1)).min(1);

const matchSchema = z.strictObject({
  organisation: names.optional(),
  group: names.optional(),
  role: names.optional(),
});

/**
 * Reads `provisioning.defaults`, once all connectors are there.
 *
 * @throws InputError with the path of each key that is wrong
 */
export function readDefaultRules(
  config: Config,
  connectors: ConnectorRegistry,
): DefaultRules {
  const given = config.getOptional(KEY);
  if (given === undefined) return new DefaultRules([], connectors);
  const parsed = z.array(ruleSchema(connectors)).safeParse(given);
  if (!parsed.success) throw new InputError(explain(parsed.error));
  const rules = parsed.data;
  rules.forEach(({ name }, index) => {
    if (rules.findIndex(other => other.name === name) < index) {
      throw new InputError(
        `${KEY}[${index}].name: another rule is called "${name}", too. Give each a name of its own`,
      );
    }
  });
  return new DefaultRules(rules, connectors);
}

function ruleSchema(connectors: ConnectorRegistry): z.ZodType<DefaultRule> {
  const known = connectors.all().map(({ service }) => service);
  const within = connectors
    .all()
    .flatMap(({ service, entitlements }) =>
      entitlements ? [{ service, schema: entitlements.schema }] : [],
    );
  const service = z.string().refine(id => known.includes(id), {
    error: ({ input }) =>
      `"${input}" is not set up in this portal. Services that are: ${
        known.join(', ') || 'none'
      }`,
  });
  return z
    .strictObject({
      name: z.string().trim().min(1).max(100),
      match: matchSchema.default({}),
      services: z.array(service).optional(),
      ...Object.fromEntries(
        within.map(({ service: id, schema }) => [id, schema.optional()]),
      ),
    })
    .transform(({ name, match, services, ...rest }): DefaultRule => {
      const sections: Record<string, Entitlement[] | undefined> = rest;
      return {
        name,
        match,
        services,
        entitlements: new Map(
          within.flatMap(({ service: id }) => {
            const entitlements = sections[id];
            return entitlements ? [[id, entitlements] as const] : [];
          }),
        ),
      };
    });
}

function explain(error: z.ZodError): string {
  return error.issues
    .flatMap(issue =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map(
            key =>
              `${pathOf([
                ...issue.path,
                key,
              ])} is not known here. Check the spelling, and that its service is set up`,
          )
        : [`${pathOf(issue.path)}: ${issue.message}`],
    )
    .join('; ');
}

function pathOf(path: PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : `${text}.${String(part)}`,
    KEY,
  );
}
