import { parse } from 'yaml';
import { FakeMattermost } from '../__testUtils__/FakeMattermost';
import { fakeTaskAccess, organizations } from '../__testUtils__/fakeTaskAccess';
import { runAction } from '@formulary/scaffolder-actions-test-utils';
import { createAddToTeamAction } from './addToTeam';
import { addToTeamExamples } from './addToTeam.examples';
import { createArchiveChannelAction } from './archiveChannel';
import { archiveChannelExamples } from './archiveChannel.examples';
import { createCreateUserAction } from './createUser';
import { createUserExamples } from './createUser.examples';
import { createPostMessageAction } from './postMessage';
import { postMessageExamples } from './postMessage.examples';
import { createRemoveFromTeamAction } from './removeFromTeam';
import { removeFromTeamExamples } from './removeFromTeam.examples';

describe('the documented examples run', () => {
  const mattermost = new FakeMattermost();
  let options: Parameters<typeof createAddToTeamAction>[0];

  const run = (id: string, input: never) => {
    switch (id) {
      case 'mattermost:add-to-team':
        return runAction(createAddToTeamAction(options), input);
      case 'mattermost:create-user':
        return runAction(createCreateUserAction(options), input);
      case 'mattermost:post-message':
        return runAction(createPostMessageAction(options), input);
      case 'mattermost:remove-from-team':
        return runAction(createRemoveFromTeamAction(options), input);
      case 'mattermost:archive-channel':
        return runAction(createArchiveChannelAction(options), input);
      default:
        throw new Error(`an example of an unknown action ${id}`);
    }
  };

  beforeAll(async () => {
    options = {
      client: await mattermost.start(),
      taskAccess: fakeTaskAccess('admin'),
      organizations,
    };
    mattermost.addUser('bob', {
      auth_data: '5f2c8a52-0f0e-4c1d-9a64-0d4f7f9c2b11',
    });
    const acme = mattermost.addTeam('acme');
    mattermost.addChannel(acme, 'town-square');
    mattermost.addChannel(acme, 'off-topic');
  });

  afterAll(() => mattermost.stop());

  it.each(
    [...addToTeamExamples, ...createUserExamples, ...postMessageExamples].map(
      ({ description, example }) => [description, example],
    ),
  )('%s', async (_description, example) => {
    const [step] = parse(example).steps;
    const { outputs } = await run(step.action, step.input as never);
    expect(outputs).toHaveProperty('created');
  });

  it.each(
    [...removeFromTeamExamples, ...archiveChannelExamples].map(
      ({ description, example }) => [description, example],
    ),
  )('%s', async (_description, example) => {
    const [step] = parse(example).steps;
    const { team, channel, channels = [] } = step.input;
    await runAction(createAddToTeamAction(options), {
      username: step.input.username,
      team: { name: team },
      channels: [channel ?? [], channels].flat().map(name => ({ name })),
    });
    const { outputs } = await run(step.action, step.input as never);
    expect(Object.values(outputs)).toEqual([true]);
  });
});
