import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { FakeCoder } from '../__testing__/FakeCoder';
import { deleteWorkspaceAction } from './deleteWorkspace';
import { startWorkspaceAction } from './startWorkspace';
import { stopWorkspaceAction } from './stopWorkspace';

const input = { owner: 'alice', name: 'web-shop' };

describe('start, stop and delete', () => {
  let coder: FakeCoder;

  beforeEach(() => {
    coder = new FakeCoder();
  });

  async function run(
    make:
      | typeof startWorkspaceAction
      | typeof stopWorkspaceAction
      | typeof deleteWorkspaceAction,
    extra = {},
  ) {
    const context = {
      ...createMockActionContext<typeof input>({ input }),
      ...extra,
    };
    await make(coder.client).handler(context);
    return Object.fromEntries((context.output as jest.Mock).mock.calls);
  }

  it('starts a stopped workspace, once', async () => {
    coder.add('web-shop', { transition: 'stop' });
    expect(await run(startWorkspaceAction)).toMatchObject({
      status: 'running',
      changed: true,
    });
    expect(await run(startWorkspaceAction)).toMatchObject({
      status: 'running',
      changed: false,
    });
  });

  it('stops a running workspace, once', async () => {
    coder.add('web-shop');
    expect(await run(stopWorkspaceAction)).toMatchObject({
      status: 'stopped',
      changed: true,
    });
    expect(await run(stopWorkspaceAction)).toMatchObject({ changed: false });
  });

  it('deletes a workspace, and is content when there is none', async () => {
    coder.add('web-shop');
    expect(await run(deleteWorkspaceAction)).toEqual({ deleted: true });
    expect(coder.workspaces.size).toBe(0);
    expect(await run(deleteWorkspaceAction)).toEqual({ deleted: false });
  });

  it.each([startWorkspaceAction, stopWorkspaceAction])(
    'names the workspace that is not there',
    async make => {
      await expect(run(make)).rejects.toThrow(
        'Coder has no workspace "web-shop" of "alice"',
      );
    },
  );

  it('changes nothing in a dry run', async () => {
    coder.add('web-shop');
    await run(stopWorkspaceAction, { isDryRun: true });
    await run(deleteWorkspaceAction, { isDryRun: true });
    expect(coder.changes).toEqual([]);
  });
});
