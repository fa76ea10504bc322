import { describeFaults } from '@formulary/service-client-test-utils';
import { GiteaClient } from './GiteaClient';

const token = 'top-secret-0123456789';

describe('GiteaClient', () => {
  describeFaults({
    service: 'Gitea',
    configKey: 'gitea',
    token,
    refusals: {
      unauthorized: {
        status: 401,
        body: '{"message":"user does not exist [uid: 0, name: ]","url":"u"}',
      },
      forbidden: {
        status: 403,
        body: '{"message":"token does not have at least one of required scope(s)","url":"u"}',
      },
    },
    connect: baseUrl => {
      const client = new GiteaClient(
        { baseUrl, token, username: 'bot', oauthSourceId: 1 },
        { retries: 0, timeoutMs: 200 },
      );
      return {
        read: {
          object: 'repository alice/orbit',
          run: () => client.repositories.get('alice', 'orbit'),
        },
        write: {
          object: 'user alice',
          run: () =>
            client.users.create({
              username: 'alice',
              email: 'alice@acme.example',
              fullName: 'Alice',
              subject: 'sub',
            }),
        },
      };
    },
  });
});
