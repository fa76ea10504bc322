import { describeFaults } from '@formulary/service-client-test-utils';
import { CoderClient } from './CoderClient';

const token = 'top-secret-0123456789';

describe('CoderClient', () => {
  describeFaults({
    service: 'Coder',
    configKey: 'coder',
    token,
    refusals: {
      unauthorized: {
        status: 401,
        body: '{"message":"You are signed out or your session has expired. Please sign in again to continue."}',
      },
      forbidden: {
        status: 403,
        body: '{"message":"Forbidden.","detail":"You don\'t have permission to view this content."}',
      },
    },
    connect: baseUrl => {
      const client = new CoderClient({
        baseUrl,
        token,
        retries: 0,
        timeoutMs: 200,
      });
      return {
        read: {
          object: 'workspace alice/orbit',
          run: () => client.workspaces.find('alice', 'orbit'),
        },
        write: {
          object: 'workspace alice/orbit',
          run: () =>
            client.workspaces.create({
              owner: 'alice',
              name: 'orbit',
              templateId: 'id',
            }),
        },
      };
    },
  });
});
