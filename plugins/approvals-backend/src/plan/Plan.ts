import { createHash } from 'node:crypto';
import { JsonObject } from '@backstage/types';
import { PlanPart, RequireApproval } from '@formulary/plugin-approvals-common';
import { Rule } from '../rules/Rule';
import { TaskInHand } from './TaskReader';

/** Hashes of the parts of a plan. */
export type PlanParts = Record<PlanPart, string>;

/** What is approved: it holds as long as its hash is the same. */
export interface Plan {
  hash: string;
  parts: PlanParts;
}

/**
 * The plan of a task at one of its steps. It is made of the steps and outputs
 * of the template, the parameters without secrets, what the step asks for, and
 * who may decide on what by the rule.
 */
export function planOf(
  task: TaskInHand,
  asked: RequireApproval,
  rule: Rule,
  parameters: JsonObject,
): Plan {
  const { name, match, approvers } = rule;
  const parts: PlanParts = {
    template: hashOf({ ref: task.templateRef, ...task.template }),
    parameters: hashOf(parameters),
    request: hashOf({
      stepId: asked.stepId,
      reason: asked.reason,
      title: asked.title,
      cost: asked.cost,
      services: asked.services,
      formulas: asked.formulas,
      preview: asked.preview,
    }),
    rule: hashOf({ name, match, approvers }),
  };
  return { hash: hashOf(parts), parts };
}

/** What of two plans is different. */
export function differencesOf(before: PlanParts, now: PlanParts): PlanPart[] {
  return (Object.keys(now) as PlanPart[]).filter(
    part => before[part] !== now[part],
  );
}

/** A hash that does not depend on the order of keys. */
function hashOf(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value, sorted) ?? 'undefined')
    .digest('hex');
}

function sorted(_key: string, value: unknown): unknown {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)),
      )
    : value;
}
