import { ProvisioningClient } from './ProvisioningClient';

function clientThatGets(status: number, body: unknown) {
  const send = jest.fn<Promise<Response>, Parameters<typeof fetch>>(
    async () =>
      new Response(JSON.stringify(body), {
        status,
        headers: { 'Content-Type': 'application/json' },
      }),
  );
  const client = new ProvisioningClient({
    discoveryApi: {
      getBaseUrl: async id => `http://portal.example/api/${id}`,
    },
    fetchApi: { fetch: send },
  });
  return { client, send };
}

const nobody = { userRef: 'user:default/bob', services: [], accounts: [] };

describe('ProvisioningClient', () => {
  it('calls the provisioning backend with the token that it is given', async () => {
    const { client, send } = clientThatGets(200, nobody);
    await expect(
      client.getPerson('user:default/bob', { token: 't' }),
    ).resolves.toEqual(nobody);
    expect(send).toHaveBeenCalledWith(
      'http://portal.example/api/provisioning/persons/user%3Adefault%2Fbob',
      expect.objectContaining({
        method: 'GET',
        headers: { Authorization: 'Bearer t' },
      }),
    );
  });

  it('leaves out what is not asked for', async () => {
    const { client, send } = clientThatGets(200, { items: [], totalItems: 0 });
    await client.getRuns({ limit: 5, state: undefined });
    expect(send.mock.calls[0][0]).toBe(
      'http://portal.example/api/provisioning/runs?limit=5',
    );
  });

  it.each([
    ['a file', 'user\nbob\n', 'text/csv', 'user\nbob\n'],
    ['a list', { persons: ['bob'] }, 'application/json', '{"persons":["bob"]}'],
  ])(
    'asks for something for the people of %s',
    async (_what, source, type, body) => {
      const { client, send } = clientThatGets(200, {
        lines: [],
        counts: { suspend: 0, unchanged: 0, suspended: 0, refused: 0 },
      });
      await client.previewBulk(source, { operation: 'suspend' });
      expect(send).toHaveBeenCalledWith(
        'http://portal.example/api/provisioning/bulk/preview?operation=suspend',
        expect.objectContaining({
          headers: expect.objectContaining({ 'Content-Type': type }),
          body,
        }),
      );
    },
  );

  it("throws the backend's refusal with its message", async () => {
    const { client } = clientThatGets(403, {
      error: { name: 'NotAllowedError', message: 'for yourself only' },
      response: { statusCode: 403 },
    });
    await expect(
      client.onboard({ userRef: 'user:default/bob' }),
    ).rejects.toMatchObject({
      name: 'ResponseError',
      cause: { message: 'for yourself only' },
    });
  });

  it('does not take any answer for the right one', async () => {
    const { client } = clientThatGets(200, { hello: 'world' });
    await expect(client.getMe()).rejects.toThrow('userRef');
  });
});
