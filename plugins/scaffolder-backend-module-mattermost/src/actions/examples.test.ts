import { parse } from 'yaml';
import { FakeMattermost } from '../__testUtils__/FakeMattermost';
import { runAction } from '../__testUtils__/runAction';
import { createAddToTeamAction } from './addToTeam';
import { addToTeamExamples } from './addToTeam.examples';
import { createCreateUserAction } from './createUser';
import { createUserExamples } from './createUser.examples';
import { createPostMessageAction } from './postMessage';
import { postMessageExamples } from './postMessage.examples';

describe('the documented examples run', () => {
  const mattermost = new FakeMattermost();
  let client: Awaited<ReturnType<FakeMattermost['start']>>;

  const run = (id: string, input: never) => {
    switch (id) {
      case 'mattermost:add-to-team':
        return runAction(createAddToTeamAction(client), input);
      case 'mattermost:create-user':
        return runAction(createCreateUserAction(client), input);
      case 'mattermost:post-message':
        return runAction(createPostMessageAction(client), input);
      default:
        throw new Error(`an example of an unknown action ${id}`);
    }
  };

  beforeAll(async () => {
    client = await mattermost.start();
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
});
