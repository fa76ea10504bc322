import { AuthService } from '@backstage/backend-plugin-api';
import { InputError, ResponseError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  ApprovalsApi,
  PlanPart,
  RequiredApproval,
} from '@formulary/plugin-approvals-common';
import { ApprovalNeededError } from './ApprovalNeededError';
import { examples } from './requireApproval.examples';

/** Secrets that the scaffolder itself adds to every task (scaffolder-backend, service/router). */
const OWN_SECRETS = ['backstageToken', '__initiatorCredentials'];

const CHANGED: Record<PlanPart, string> = {
  template: 'the template',
  parameters: 'the parameters',
  request: 'what the step asks for',
  rule: 'the rule',
};

/**
 * `approval:require`: lets a task go on when no approval is needed or there is
 * one for just this plan; otherwise asks for it and ends the task.
 *
 * @public
 */
export function createRequireApprovalAction({
  auth,
  approvals,
  portalUrl,
}: {
  auth: AuthService;
  approvals: ApprovalsApi;
  /** Address of the portal, for links. */
  portalUrl: string;
}) {
  return createTemplateAction({
    id: 'approval:require',
    description:
      'Ends the task until somebody has approved it, if a rule of the portal wants that. Put it before everything that makes something',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        reason: z =>
          z
            .string()
            .trim()
            .min(1)
            .max(1_000)
            .describe('Why it is wanted, for those who decide'),
        title: z =>
          z
            .string()
            .trim()
            .min(1)
            .max(200)
            .optional()
            .describe('What is asked for. Default: title of the template'),
        cost: z =>
          z
            .number()
            .nonnegative()
            .optional()
            .describe('Estimated cost in a month; rules may have a limit'),
        services: z =>
          z
            .array(z.string().min(1).max(100))
            .max(50)
            .optional()
            .describe('Ids of the services that it is about, such as coder'),
        formulas: z =>
          z
            .array(z.string().max(300))
            .max(50)
            .optional()
            .describe(
              'Refs of formulas whose things the task makes besides those of its own template, such as formula:default/ml-research; their rules apply, too',
            ),
        preview: z =>
          z
            .array(z.string().max(1_000))
            .max(100)
            .optional()
            .describe(
              'Lines that say what will be done. They belong to what is approved, so they must be the same in the next run',
            ),
      },
      output: {
        required: z => z.boolean().describe('Whether an approval was needed'),
        requestId: z =>
          z.string().optional().describe('Id of the approval that was used'),
        decidedBy: z =>
          z.string().optional().describe('Ref of the user who approved it'),
      },
    },
    async handler(ctx) {
      if (ctx.isDryRun) {
        ctx.logger.info(
          'An approval would be asked for if a rule of the portal wants one',
        );
        ctx.output('required', false);
        return;
      }
      const credentials = await ctx.getInitiatorCredentials();
      if (!auth.isPrincipal(credentials, 'user')) {
        throw new InputError(
          'Only what a person has started can be approved: start this template signed in',
        );
      }
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: credentials,
        targetPluginId: 'approvals',
      });
      const answer = await approvals
        .require(
          {
            taskId: ctx.task.id,
            stepId: ctx.step?.id ?? 'approval',
            ...ctx.input,
            secretKeys: Object.keys(ctx.secrets ?? {}).filter(
              key => !OWN_SECRETS.includes(key),
            ),
          },
          { token, signal: ctx.signal },
        )
        .catch(forPeople);
      if (answer.outcome === 'pending') throw needed(answer, portalUrl);
      ctx.output('required', answer.outcome === 'approved');
      if (answer.outcome === 'notNeeded') {
        ctx.logger.info('No approval is needed: no rule applies');
        return;
      }
      const { id, decidedBy, decisionReason } = answer.approval;
      ctx.logger.info(`Approved by ${decidedBy}: ${decisionReason}`);
      ctx.output('requestId', id);
      ctx.output('decidedBy', decidedBy);
    },
  });
}

function needed(
  {
    approval,
    approvers,
    differences,
  }: Extract<RequiredApproval, { outcome: 'pending' | 'approved' }>,
  portalUrl: string,
): ApprovalNeededError {
  return new ApprovalNeededError(
    [
      ...(differences.length > 0
        ? [
            `What was approved before is not what this run would do: different is ${differences
              .map(part => CHANGED[part])
              .join(' and ')}`,
          ]
        : []),
      `The rule "${approval.rule}" wants an approval by ${approvers
        .map(shortName)
        .join(' or ')}, who have been asked`,
      'Nothing after this step was done; you are told of the decision and then start it with one click',
      `Your request: ${portalUrl.replace(/\/$/, '')}/approvals/mine/${
        approval.id
      }`,
    ].join('. '),
  );
}

/** A ref as people say it: without kind and namespace where those are the usual ones. */
function shortName(ref: string): string {
  return ref.replace(/^(user|group):(default\/)?/, '');
}

/** The backend's own words instead of the status line. */
function forPeople(error: unknown): never {
  throw error instanceof ResponseError
    ? new InputError(error.cause.message, error)
    : error;
}
