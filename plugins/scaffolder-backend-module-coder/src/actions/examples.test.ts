import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JsonObject } from '@backstage/types';
import { parse } from 'yaml';
import { accessOf, hiding } from '../__testUtils__/access';
import { FakeCoder } from '../__testUtils__/FakeCoder';
import { attemptAction } from '@formulary/scaffolder-actions-test-utils';
import { createCreateWorkspaceAction } from './createWorkspace';
import { createDeleteWorkspaceAction } from './deleteWorkspace';
import { createPushTemplateAction } from './pushTemplate';
import { createStartWorkspaceAction } from './startWorkspace';
import { createStopWorkspaceAction } from './stopWorkspace';

const actions = [
  createCreateWorkspaceAction,
  createStartWorkspaceAction,
  createStopWorkspaceAction,
  createDeleteWorkspaceAction,
  createPushTemplateAction,
];
const optionsOf = (coder: FakeCoder) => ({
  client: coder.client,
  taskAccess: accessOf('alice', true),
  templates: hiding(),
});
const cases = actions.flatMap(make =>
  (make(optionsOf(new FakeCoder())).examples ?? []).map(
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
    const action = make(optionsOf(coder));
    expect(step.action).toBe(action.id);
    const { output, error } = await attemptAction(
      action,
      step.input as JsonObject,
      {
        workspacePath,
        // A push uploads a tar, which the fake does not unpack.
        isDryRun: action.id === 'coder:push-template',
      },
    );
    expect(error).toBeUndefined();
    expect(Object.keys(output)).not.toEqual([]);
  });
});
