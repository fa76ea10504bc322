import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ResponseError } from '@backstage/errors';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import {
  Approval,
  ApprovalsApi,
  RequiredApproval,
} from '@formulary/plugin-approvals-common';
import { parse } from 'yaml';
import { createRequireApprovalAction } from './requireApproval';

type Input = {
  reason: string;
  cost?: number;
  preview?: string[];
};

const now = new Date(0).toISOString();
const approval: Approval = {
  id: '5f2c1d7e-0000-4000-8000-000000000001',
  state: 'pending',
  title: 'GPUs',
  reason: 'An experiment',
  requester: 'user:default/bob',
  organisation: 'acme',
  templateRef: 'template:default/research',
  rule: 'gpu',
  services: [],
  createdAt: now,
  expiresAt: now,
};
const pending: RequiredApproval = {
  outcome: 'pending',
  approval,
  approvers: ['group:default/acme-leads'],
  differences: [],
};

function setUp(answer: RequiredApproval) {
  const require = jest.fn<
    Promise<RequiredApproval>,
    Parameters<ApprovalsApi['require']>
  >(async () => answer);
  const auth = mockServices.auth({ pluginId: 'scaffolder' });
  const action = createRequireApprovalAction({
    auth,
    approvals: { require } as Partial<ApprovalsApi> as ApprovalsApi,
    portalUrl: 'http://portal.example/',
  });
  const logger = mockServices.logger.mock();
  const run = async (
    input: Input,
    extra: { isDryRun?: boolean; anonymous?: boolean } = {},
  ) => {
    const context = {
      ...createMockActionContext<Input, Record<string, never>>({
        input,
        logger,
        secrets: { backstageToken: 't', pin: '1234' },
      }),
      step: { id: 'approval', name: 'Approval' },
      isDryRun: extra.isDryRun,
      getInitiatorCredentials: async () =>
        extra.anonymous
          ? mockCredentials.service()
          : mockCredentials.user('user:default/bob'),
    };
    await (action.handler as (ctx: typeof context) => Promise<void>)(context);
    return Object.fromEntries(jest.mocked(context.output).mock.calls);
  };
  return { action, run, require, logger };
}

describe('approval:require', () => {
  it('goes on where no rule applies, and says so', async () => {
    const { run, logger } = setUp({ outcome: 'notNeeded' });
    expect(await run({ reason: 'x' })).toEqual({ required: false });
    expect(logger.info).toHaveBeenCalledWith(
      'No approval is needed: no rule applies',
    );
  });

  it('asks in the name of who started the task, and names secrets without their values', async () => {
    const { run, require } = setUp({ outcome: 'notNeeded' });
    await run({ reason: 'An experiment', cost: 5 });
    const [asked, options] = require.mock.calls[0];
    expect(asked).toMatchObject({
      stepId: 'approval',
      reason: 'An experiment',
      cost: 5,
      secretKeys: ['pin'],
    });
    expect(JSON.stringify(asked)).not.toContain('1234');
    expect(options?.token).toContain('user:default/bob');
  });

  it('ends the task with the way to the request', async () => {
    const { run } = setUp(pending);
    await expect(run({ reason: 'x' })).rejects.toMatchObject({
      name: 'ApprovalNeeded',
      message: expect.stringMatching(
        /rule "gpu" wants an approval by acme-leads, .*http:\/\/portal\.example\/approvals\/mine\/5f2c1d7e/,
      ),
    });
  });

  it('says why an approval that was given is not enough', async () => {
    const { run } = setUp({ ...pending, differences: ['template', 'rule'] });
    await expect(run({ reason: 'x' })).rejects.toThrow(
      'different is the template and the rule',
    );
  });

  it('goes on with an approval, and says whose', async () => {
    const { run, logger } = setUp({
      ...pending,
      outcome: 'approved',
      approval: {
        ...approval,
        state: 'used',
        decidedBy: 'user:default/alice',
        decisionReason: 'Go ahead',
      },
    });
    expect(await run({ reason: 'x' })).toEqual({
      required: true,
      requestId: approval.id,
      decidedBy: 'user:default/alice',
    });
    expect(logger.info).toHaveBeenCalledWith(
      'Approved by user:default/alice: Go ahead',
    );
  });

  it('asks nobody in a dry run', async () => {
    const { run, require } = setUp(pending);
    expect(await run({ reason: 'x' }, { isDryRun: true })).toEqual({
      required: false,
    });
    expect(require).not.toHaveBeenCalled();
  });

  it('refuses a task that nobody started', async () => {
    const { run, require } = setUp(pending);
    await expect(run({ reason: 'x' }, { anonymous: true })).rejects.toThrow(
      'start this template signed in',
    );
    expect(require).not.toHaveBeenCalled();
  });

  it('fails in the words of the backend, and does not go on', async () => {
    const { run, require } = setUp(pending);
    require.mockRejectedValue(
      await ResponseError.fromResponse(
        Response.json(
          { error: { name: 'Error', message: 'nobody in acme may give it' } },
          { status: 400 },
        ),
      ),
    );
    await expect(run({ reason: 'x' })).rejects.toThrow(
      'nobody in acme may give it',
    );
  });

  it.each(
    setUp(pending).action.examples!.map(({ description, example }) => ({
      description,
      step: parse(example).steps[0],
    })),
  )('does what its example says: $description', async ({ step }) => {
    const { run, action, require } = setUp({ outcome: 'notNeeded' });
    expect(step.action).toBe(action.id);
    await run(step.input);
    expect(require).toHaveBeenCalledWith(
      expect.objectContaining(step.input),
      expect.anything(),
    );
  });
});
