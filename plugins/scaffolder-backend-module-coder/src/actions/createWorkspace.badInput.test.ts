import { accessOf, hiding } from '../__testUtils__/access';
import { FakeCoder } from '../__testUtils__/FakeCoder';
import { attemptAction } from '@formulary/scaffolder-actions-test-utils';
import { createCreateWorkspaceAction } from './createWorkspace';

type Action = ReturnType<typeof createCreateWorkspaceAction>;
type Input = Parameters<Action['handler']>[0]['input'];

const wanted: Input = {
  owner: 'alice',
  template: 'fullstack-dev',
  name: 'web-shop',
  parameters: { git_repo: 'x' },
};

describe('coder:create-workspace refuses', () => {
  let coder: FakeCoder;

  beforeEach(() => {
    coder = new FakeCoder();
  });

  async function refusal(
    change: Partial<Input>,
    isDryRun = false,
    templates = hiding(),
  ) {
    const action = createCreateWorkspaceAction({
      client: coder.client,
      taskAccess: accessOf('alice', true),
      templates,
    });
    const input = { ...wanted, ...change };
    const { error } = await attemptAction(action, input, { isDryRun });
    return error?.message;
  }

  it.each(['old', 'fullstack-dev'])(
    'the template %s, which is hidden, as one that is not there',
    async template => {
      const other = template === 'old' ? 'fullstack-dev' : 'old';
      await expect(
        refusal({ template }, false, hiding(template)),
      ).resolves.toBe(`Coder has no template "${template}". It has ${other}`);
      expect(coder.changes).toEqual([]);
    },
  );

  const names: Array<[string, RegExp]> = [
    ['web shop', /use 1 to 32 letters and digits/],
    ['web_shop', /use 1 to 32 letters and digits/],
    ['-web', /use 1 to 32 letters and digits/],
    ['a'.repeat(33), /use 1 to 32 letters and digits/],
    ['new', /Coder reserves it/],
    ['Create', /Coder reserves it/],
  ];
  it.each(names)('the name %j', async (name, reason) => {
    const message = await refusal({ name });
    expect(message).toMatch(reason);
    expect(message).toContain(`Coder takes no workspace called "${name}"`);
    expect(message).toContain('Choose another name');
    expect(coder.changes).toEqual([]);
  });

  const inputs: Array<[string, Partial<Input>, string]> = [
    [
      'a missing template',
      { template: 'nope' },
      'Coder has no template "nope". It has fullstack-dev, old',
    ],
    [
      'a deprecated template',
      { template: 'old' },
      'The Coder template "old" is deprecated: Use fullstack-dev. Choose another one',
    ],
    [
      'a missing preset',
      { preset: 'Huge' },
      'The Coder template "fullstack-dev" has no preset "Huge". It has Small',
    ],
    [
      'a missing owner',
      { owner: 'nobody' },
      'Coder has no user "nobody". Their account is made by the step platform:pre-provision-user',
    ],
    [
      'an owner who is only an alias of the token',
      { owner: 'me' },
      'Coder has no user "me"',
    ],
    [
      'a suspended owner',
      { owner: 'sam' },
      'The Coder user "sam" is suspended, so no workspace can run for them. Have an administrator of Coder activate the account',
    ],
    [
      'a required value that is missing',
      { parameters: {} },
      'git_repo: a value is required',
    ],
  ];
  it.each(inputs)('%s', async (_, change, message) => {
    await expect(refusal(change)).resolves.toContain(message);
    await expect(refusal(change, true)).resolves.toContain(message);
    expect(coder.changes).toEqual([]);
  });

  it('wrong parameters, all of them at once', async () => {
    const message = await refusal({
      parameters: {
        ram: 1,
        cpu: 99,
        size: 'xl',
        debug: 'maybe',
        tools: ['go', 'perl'],
      },
    });
    expect(message?.split('\n')).toEqual([
      'The Coder template "fullstack-dev" does not accept these parameters:',
      '- ram: the template has no such parameter. It has cpu, size, debug, tools, git_repo',
      '- cpu: 99 is more than the maximum 8',
      '- size: "xl" is not one of the options s, l',
      '- debug: "maybe" is neither true nor false',
      '- tools: "perl" is not one of the options go, node',
      '- git_repo: a value is required',
    ]);
    expect(coder.changes).toEqual([]);
  });

  const existing: Array<
    [string, NonNullable<Parameters<FakeCoder['add']>[1]>, string]
  > = [
    [
      'another template',
      { templateId: 't-other' },
      'made from the template "other" and not from "fullstack-dev". Choose another name, or delete that workspace first',
    ],
    [
      'another value of what can not be changed',
      { parameters: { git_repo: 'y', cpu: '2' } },
      'git_repo is "y", not "x". Choose another name, or delete that workspace first',
    ],
  ];
  it.each(existing)(
    'a workspace that is there with %s',
    async (_, workspace, message) => {
      coder.add('web-shop', workspace);
      await expect(refusal({})).resolves.toContain(message);
      await expect(refusal({}, true)).resolves.toContain(message);
      expect(coder.changes).toEqual([]);
    },
  );

  it('but leaves a workspace with another value of what can be changed as it is', async () => {
    coder.add('web-shop', { parameters: { git_repo: 'x', cpu: '8' } });
    await expect(
      refusal({ parameters: { git_repo: 'x', cpu: 1 } }),
    ).resolves.toBeUndefined();
    expect(coder.changes).toEqual([]);
  });

  const create = 'POST /users/alice/workspaces';
  const answers: Array<[string, string, number, string, string]> = [
    [
      'a template that was deleted just now',
      create,
      404,
      '{"message":"Template \\"fullstack-dev\\" has been deleted!"}',
      'Coder could not create the workspace alice/web-shop: Template "fullstack-dev" has been deleted!',
    ],
    [
      'a schedule that Coder does not understand',
      create,
      400,
      '{"message":"Invalid Autostart Schedule.","validations":[{"field":"schedule","detail":"expected schedule to consist of 5 fields"}]}',
      'Invalid Autostart Schedule. · schedule: expected schedule to consist of 5 fields',
    ],
    [
      'an expired token',
      'GET /organizations/default/templates/fullstack-dev',
      401,
      '{"message":"You are signed out or your session has expired."}',
      'Coder could not read the template fullstack-dev: You are signed out',
    ],
    [
      'a token that may not do it',
      create,
      403,
      '{"message":"Unauthorized to create workspace."}',
      'Coder could not create the workspace alice/web-shop: Unauthorized to create workspace.',
    ],
    [
      'a page instead of JSON',
      'GET /users/alice',
      200,
      '<html>Welcome</html>',
      'Check that the configured address',
    ],
  ];
  it.each(answers)('%s', async (_, call, status, body, message) => {
    coder.answers.set(call, () => new Response(body, { status }));
    const said = await refusal({});
    expect(said).toContain(message);
    expect(said).not.toContain('secret');
    expect(coder.workspaces.size).toBe(0);
  });
});
