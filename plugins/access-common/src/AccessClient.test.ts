import { AccessClient } from './AccessClient';
import { AccessReport } from './types';

const report: AccessReport = {
  userRef: 'user:default/bob',
  displayName: 'Bob',
  isSuperUser: false,
  isDisabled: false,
  groups: [],
  roles: [],
  permissions: [],
  formulas: [],
  unread: [],
};

function clientThatGets(status: number, body: unknown) {
  const send = jest.fn<Promise<Response>, Parameters<typeof fetch>>(
    async () => new Response(JSON.stringify(body), { status }),
  );
  const client = new AccessClient({
    discoveryApi: {
      getBaseUrl: async id => `http://portal.example/api/${id}`,
    },
    fetchApi: { fetch: send },
  });
  return { client, send };
}

describe('AccessClient', () => {
  it('asks for a person with the token that it is given', async () => {
    const { client, send } = clientThatGets(200, report);
    await expect(
      client.getReport('user:default/bob', { token: 't' }),
    ).resolves.toEqual(report);
    expect(send).toHaveBeenCalledWith(
      'http://portal.example/api/access/persons/user%3Adefault%2Fbob',
      expect.objectContaining({ headers: { Authorization: 'Bearer t' } }),
    );
  });

  it("throws the backend's refusal with its message", async () => {
    const { client } = clientThatGets(403, {
      error: { name: 'NotAllowedError', message: 'only yourself' },
      response: { statusCode: 403 },
    });
    await expect(client.getReport('user:default/bob')).rejects.toThrow(/403/);
  });

  it('does not take any answer for the right one', async () => {
    const { client } = clientThatGets(200, { hello: 'world' });
    await expect(client.getReport('user:default/bob')).rejects.toThrow(
      'userRef',
    );
  });
});
