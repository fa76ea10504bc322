import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { PersonStatus } from '@formulary/plugin-provisioning-common';
import { DefaultTaskAccess } from './taskAccess';

const alice = mockCredentials.user('user:default/alice');
const account = { service: 'coder', title: 'Coder', username: 'alice' };

function taskAccess(options: {
  result: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
  username?: string;
}) {
  const status: PersonStatus = {
    userRef: 'user:default/alice',
    accounts: options.username
      ? [
          {
            service: 'coder',
            state: 'active',
            username: options.username,
            observedAt: '2026-01-01T00:00:00.000Z',
          },
        ]
      : [],
    services: [],
  };
  const getMe = jest.fn(async () => status);
  return {
    getMe,
    access: new DefaultTaskAccess({
      auth: mockServices.auth(),
      permissions: mockServices.permissions.mock({
        authorize: async () => [{ result: options.result }],
      }),
      provisioning: { getMe },
    }),
  };
}

describe('DefaultTaskAccess', () => {
  it("lets a task act for its own user's account, whatever the case of its name", async () => {
    const { access } = taskAccess({
      result: AuthorizeResult.DENY,
      username: 'Alice',
    });
    await expect(access.requireOwn(alice, account)).resolves.toBeUndefined();
  });

  it('refuses the account of somebody else, and says whose is whose', async () => {
    const { access } = taskAccess({
      result: AuthorizeResult.DENY,
      username: 'alice',
    });
    await expect(
      access.requireOwn(alice, { ...account, username: 'bob' }),
    ).rejects.toMatchObject({
      name: 'NotAllowedError',
      message:
        'bob is not your account in Coder; yours is alice. Whoever acts for others needs the permission provisioning.resources.manage',
    });
  });

  it('refuses a user who has no account there yet, even under their own name', async () => {
    const { access } = taskAccess({ result: AuthorizeResult.DENY });
    await expect(access.requireOwn(alice, account)).rejects.toThrow(
      'Yours is made by the step platform:pre-provision-user',
    );
  });

  it('lets somebody with the permission act for others', async () => {
    const { access } = taskAccess({ result: AuthorizeResult.ALLOW });
    await expect(access.requireOwn(alice, account)).resolves.toBeUndefined();
    await expect(access.mayManage(alice)).resolves.toBe(true);
  });

  it('asks for no person when a service started the task', async () => {
    const { access, getMe } = taskAccess({ result: AuthorizeResult.DENY });
    const service = mockCredentials.service('plugin:ci');
    await expect(access.requireOwn(service, account)).rejects.toThrow(
      'is not known as your account',
    );
    expect(getMe).not.toHaveBeenCalled();
  });
});
