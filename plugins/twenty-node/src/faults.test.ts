import { describeFaults } from '@formulary/service-client-test-utils';
import { TwentyClient } from './TwentyClient';

const token = 'top-secret-0123456789';

describe('TwentyClient', () => {
  describeFaults({
    service: 'Twenty',
    configKey: 'twenty',
    token,
    refusals: {
      unauthorized: {
        status: 200,
        body: '{"errors":[{"message":"Token invalid.","extensions":{"code":"UNAUTHENTICATED"}}]}',
      },
      forbidden: {
        status: 200,
        body: '{"errors":[{"message":"Permission denied","extensions":{"code":"FORBIDDEN"}}]}',
      },
    },
    connect: baseUrl => {
      const client = new TwentyClient(
        { baseUrl, token, frontUrl: baseUrl },
        { retries: 0, timeoutMs: 200 },
      );
      return {
        read: {
          object: 'company Acme',
          run: () => client.companies.byName('Acme'),
        },
        write: {
          object: 'company Acme',
          run: () => client.companies.create({ name: 'Acme' }),
        },
      };
    },
  });
});
