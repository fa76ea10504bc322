import { accessOf } from '../__testUtils__/access';
import { FakeCoder } from '../__testUtils__/FakeCoder';
import { attemptAction } from '@formulary/scaffolder-actions-test-utils';
import { createPushTemplateAction } from './pushTemplate';

describe('coder:push-template', () => {
  const coder = new FakeCoder();

  const push = (name: string, manage: boolean, isDryRun = false) =>
    attemptAction(
      createPushTemplateAction({
        client: coder.client,
        taskAccess: accessOf('alice', manage),
      }),
      { name },
      { isDryRun },
    );

  it.each([true, false])(
    'is for who may manage resources; dry run: %s',
    async isDryRun => {
      const { error } = await push('fullstack-dev', false, isDryRun);
      expect(error).toMatchObject({
        name: 'NotAllowedError',
        message: expect.stringContaining(
          "Coder's template fullstack-dev is everybody's",
        ),
      });
      expect(coder.changes).toEqual([]);
    },
  );

  it.each(['new', 'full stack', 'a'.repeat(33)])(
    'refuses the name %j',
    async name => {
      const { error } = await push(name, true);
      expect(error?.message).toContain(
        `Coder takes no template called "${name}"`,
      );
      expect(coder.changes).toEqual([]);
    },
  );

  it('pushes nothing in a dry run', async () => {
    const { output } = await push('fullstack-dev', true, true);
    expect(output).toMatchObject({ outcome: 'unchanged' });
    expect(coder.changes).toEqual([]);
  });
});
