import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ResponseError } from '@backstage/errors';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import {
  PersonStatus,
  ProvisioningApi,
  Run,
} from '@formulary/plugin-provisioning-common';
import { parse } from 'yaml';
import { createPreProvisionUserAction } from './preProvisionUser';

const now = new Date(0).toISOString();
const services = [
  { service: 'gitea', title: 'Gitea', url: 'http://gitea.example' },
  { service: 'coder', title: 'Coder', url: 'http://coder.example' },
];

function runWith(state: Run['state'], steps: Array<Partial<Run['steps'][0]>>) {
  return {
    id: 'run-1',
    kind: 'onboard',
    state,
    source: 'action',
    requestedBy: 'user:default/bob',
    userRef: 'user:default/bob',
    organisation: 'acme',
    createdAt: now,
    steps: steps.map((step, index) => ({
      id: `step-${index}`,
      service: services[index].service,
      state: 'pending',
      attempts: 1,
      ...step,
    })),
  } as Run;
}

const status: PersonStatus = {
  userRef: 'user:default/bob',
  services,
  person: {
    userRef: 'user:default/bob',
    issuer: 'http://idp.example',
    subject: '1',
    username: 'bob',
    email: 'bob@acme.example',
    emailVerified: true,
    displayName: 'Bob Tanaka',
    firstName: 'Bob',
    lastName: 'Tanaka',
    organisation: 'acme',
    groups: [],
  },
  accounts: [
    {
      service: 'gitea',
      state: 'active',
      username: 'bob',
      externalId: '7',
      url: 'http://gitea.example/bob',
      observedAt: now,
    },
    { service: 'coder', state: 'active', observedAt: now },
  ],
};

const done = runWith('succeeded', [
  { state: 'succeeded', outcome: 'created' },
  { state: 'succeeded', outcome: 'unchanged' },
]);

function setUp(runs: Run[], joined = false) {
  const [first, ...later] = runs;
  const provisioning = {
    onboard: jest.fn(async () => ({ run: first, joined })),
    getPerson: jest.fn(async () => status),
    getRun: jest.fn(async () => later.shift() ?? runs.at(-1)!),
  };
  const auth = mockServices.auth.mock({
    getPluginRequestToken: async () => ({ token: 'token-for-bob' }),
  });
  const action = createPreProvisionUserAction({
    auth,
    provisioning: provisioning as Partial<ProvisioningApi> as ProvisioningApi,
  });
  const logged: string[] = [];
  const logger = mockServices.logger.mock({
    info: jest.fn((line: string) => void logged.push(line)),
    error: jest.fn((line: string) => void logged.push(`! ${line}`)),
  });
  const credentials = mockCredentials.user('user:default/bob');
  const run = async (
    input: { userRef?: string; services?: string[] },
    extra: { isDryRun?: boolean; signal?: AbortSignal } = {},
  ) => {
    const context = {
      ...createMockActionContext<
        { userRef?: string; services?: string[] },
        Record<string, never>
      >({
        input,
        logger,
        user: { ref: 'user:default/bob' },
      }),
      getInitiatorCredentials: async () => credentials,
      ...extra,
    };
    await (action.handler as (ctx: typeof context) => Promise<void>)(context);
    return Object.fromEntries(jest.mocked(context.output).mock.calls);
  };
  return { action, auth, provisioning, logged, run, credentials };
}

describe('platform:pre-provision-user', () => {
  it('acts in the name of who started the task, shows progress, and gives the accounts', async () => {
    const { run, provisioning, auth, logged, credentials } = setUp([
      runWith('running', [{ state: 'running' }, { state: 'pending' }]),
      runWith('running', [
        { state: 'waiting', message: 'Gitea is not running' },
        { state: 'succeeded', outcome: 'unchanged' },
      ]),
      done,
    ]);
    const output = await run({});

    expect(auth.getPluginRequestToken).toHaveBeenCalledWith({
      onBehalfOf: credentials,
      targetPluginId: 'provisioning',
    });
    expect(provisioning.onboard).toHaveBeenCalledWith(
      { userRef: 'user:default/bob', services: undefined },
      expect.objectContaining({ token: 'token-for-bob' }),
    );
    expect(logged).toEqual([
      'Preparing the accounts of user:default/bob',
      'Gitea: preparing the account',
      'Gitea: Gitea is not running. It is tried again by itself',
      'Coder: the account was there already and was left as it is',
      'Gitea: account created',
    ]);
    expect(output).toEqual({
      runId: 'run-1',
      person: {
        username: 'bob',
        email: 'bob@acme.example',
        displayName: 'Bob Tanaka',
        firstName: 'Bob',
        lastName: 'Tanaka',
        organisation: 'acme',
      },
      accounts: {
        gitea: {
          username: 'bob',
          id: '7',
          url: 'http://gitea.example/bob',
          state: 'active',
        },
        coder: { url: 'http://coder.example', state: 'active' },
      },
      changed: true,
      rollback: [],
    });
  });

  it('says that nothing was changed the second time', async () => {
    const { run } = setUp([
      runWith('succeeded', [
        { state: 'succeeded', outcome: 'unchanged' },
        { state: 'succeeded', outcome: 'unchanged' },
      ]),
    ]);
    expect((await run({})).changed).toBe(false);
  });

  it('joins what is under way', async () => {
    const { run, logged } = setUp([done], true);
    await run({});
    expect(logged[0]).toContain('are being prepared already');
  });

  it('fails with the reason of each service, and says which are ready', async () => {
    const { run, logged } = setUp([
      runWith('failed', [
        { state: 'succeeded', outcome: 'created' },
        { state: 'failed', message: 'Coder could not be reached' },
      ]),
    ]);
    await expect(run({})).rejects.toThrow(
      'Not every account could be prepared. Coder: Coder could not be reached. Ready: Gitea. Start over when that is mended: what is ready is left as it is',
    );
    expect(logged).toContain('! Coder: Coder could not be reached');
  });

  it('fails with the reason why a person gets nothing at all', async () => {
    const refused = {
      ...runWith('failed', []),
      message: 'bob does not belong to an organisation',
    };
    const { run } = setUp([refused]);
    await expect(run({})).rejects.toThrow(
      'bob does not belong to an organisation',
    );
  });

  it('stops waiting when the task is cancelled, and leaves the run to the engine', async () => {
    const running = runWith('running', [{ state: 'running' }]);
    const { run, provisioning } = setUp([running]);
    const cancelled = new AbortController();
    provisioning.getRun.mockImplementation(async () => {
      cancelled.abort();
      return running;
    });
    await expect(run({}, { signal: cancelled.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(provisioning.getRun).toHaveBeenCalledTimes(1);
  });

  it.each([
    [
      'somebody else',
      403,
      'You may prepare accounts for yourself only, not for user:default/alice. Ask an administrator, or leave the person out',
    ],
    [
      'a service that there is not',
      400,
      'There is no service "jira" in this portal. It has gitea, coder',
    ],
    [
      'a person that there is not',
      404,
      'user:default/nobody is not in the identity provider. Check the spelling',
    ],
  ])(
    'fails in the words of the engine for %s',
    async (_what, httpStatus, text) => {
      const { run, provisioning } = setUp([done]);
      const refusal = await ResponseError.fromResponse(
        Response.json(
          { error: { name: 'Error', message: text }, response: {} },
          { status: httpStatus },
        ),
      );
      provisioning.onboard.mockRejectedValue(refusal);
      await expect(run({})).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining(text),
      });
    },
  );

  it('changes nothing in a dry run, and names what it would make', async () => {
    const { run, provisioning } = setUp([done]);
    const output = await run({}, { isDryRun: true });
    expect(provisioning.onboard).not.toHaveBeenCalled();
    expect(output.accounts).toMatchObject({ gitea: { username: 'bob' } });
    expect(output.rollback).toEqual([]);
  });

  it.each(
    setUp([done]).action.examples!.map(({ description, example }) => ({
      description,
      step: parse(example).steps[0],
    })),
  )('does what its example says: $description', async ({ step }) => {
    const { run, action, provisioning } = setUp([done]);
    expect(step.action).toBe(action.id);
    await run(step.input ?? {});
    expect(provisioning.onboard).toHaveBeenCalledWith(
      {
        userRef: step.input?.userRef ?? 'user:default/bob',
        services: step.input?.services,
      },
      expect.anything(),
    );
  });
});
