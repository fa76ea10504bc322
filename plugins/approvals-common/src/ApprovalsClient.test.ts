import { ApprovalsClient } from './ApprovalsClient';

function clientThatGets(status: number, body: unknown) {
  const send = jest.fn<Promise<Response>, Parameters<typeof fetch>>(
    async () =>
      new Response(JSON.stringify(body), {
        status,
        headers: { 'Content-Type': 'application/json' },
      }),
  );
  const client = new ApprovalsClient({
    discoveryApi: {
      getBaseUrl: async id => `http://portal.example/api/${id}`,
    },
    fetchApi: { fetch: send },
  });
  return { client, send };
}

const page = { items: [], totalItems: 0 };

describe('ApprovalsClient', () => {
  it('calls the backend with the token that it is given, and leaves out what is not asked for', async () => {
    const { client, send } = clientThatGets(200, page);
    await expect(
      client.getRequests({ view: 'decide', state: undefined }, { token: 't' }),
    ).resolves.toEqual(page);
    expect(send).toHaveBeenCalledWith(
      'http://portal.example/api/approvals/requests?view=decide',
      expect.objectContaining({
        method: 'GET',
        headers: { Authorization: 'Bearer t' },
      }),
    );
  });

  it("throws the backend's refusal with its message", async () => {
    const { client } = clientThatGets(409, {
      error: {
        name: 'ConflictError',
        message: 'was rejected by alice already',
      },
      response: { statusCode: 409 },
    });
    await expect(
      client.decide('1', { decision: 'approve', reason: 'fine' }),
    ).rejects.toMatchObject({
      name: 'ResponseError',
      cause: { message: 'was rejected by alice already' },
    });
  });

  it('does not take any answer for the right one', async () => {
    const { client } = clientThatGets(200, { hello: 'world' });
    await expect(client.getRequest('1')).rejects.toThrow('state');
  });
});
