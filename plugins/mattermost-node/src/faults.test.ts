import { describeFaults } from '@formulary/service-client-test-utils';
import { MattermostClient } from './MattermostClient';

const token = 'top-secret-0123456789';

describe('MattermostClient', () => {
  describeFaults({
    service: 'Mattermost',
    configKey: 'mattermost',
    token,
    refusals: {
      unauthorized: {
        status: 401,
        body: '{"id":"api.context.session_expired.app_error","message":"Invalid or expired session, please login again.","status_code":401}',
      },
      forbidden: {
        status: 403,
        body: '{"id":"api.context.permissions.app_error","message":"You do not have the appropriate permissions.","status_code":403}',
      },
    },
    connect: baseUrl => {
      const client = new MattermostClient(
        {
          baseUrl,
          token,
          sso: { mode: 'openid', idAttribute: 'mattermostId' },
        },
        { retries: 0, timeoutMs: 200 },
      );
      return {
        read: {
          object: 'team acme',
          run: () => client.teams.byName('acme'),
        },
        write: {
          object: 'team acme',
          run: () => client.teams.create({ name: 'acme', displayName: 'Acme' }),
        },
      };
    },
  });
});
