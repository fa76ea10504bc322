import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { FakeCoder } from '../__testing__/FakeCoder';
import { createWorkspaceAction } from './createWorkspace';
import { deleteWorkspaceAction } from './deleteWorkspace';
import { pushTemplateAction } from './pushTemplate';
import { startWorkspaceAction } from './startWorkspace';
import { stopWorkspaceAction } from './stopWorkspace';

const actions = [
  createWorkspaceAction,
  startWorkspaceAction,
  stopWorkspaceAction,
  deleteWorkspaceAction,
  pushTemplateAction,
];
const cases = actions.flatMap(make =>
  (make(new FakeCoder().client).examples ?? []).map(
    ({ description, example }) => ({
      make,
      description,
      step: parse(example).steps[0],
    }),
  ),
);

describe('the examples of the actions', () => {
  let workspacePath: string;

  beforeEach(async () => {
    workspacePath = await mkdtemp(join(tmpdir(), 'example-'));
    await mkdir(join(workspacePath, 'coder-template'));
  });
  afterEach(() => rm(workspacePath, { recursive: true }));

  it.each(cases)('$step.action: $description', async ({ make, step }) => {
    const coder = new FakeCoder();
    if (step.action !== 'coder:create-workspace') coder.add('web-shop');
    const action = make(coder.client);
    expect(step.action).toBe(action.id);
    const context = {
      ...createMockActionContext({ input: step.input, workspacePath }),
      // A push uploads a tar, which the fake does not unpack.
      isDryRun: action.id === 'coder:push-template',
    };
    await (action.handler as (ctx: typeof context) => Promise<void>)(context);
    expect(context.output).toHaveBeenCalled();
  });
});
