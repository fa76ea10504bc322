import { FakeConnector } from '../__testUtils__/FakeConnector';
import { callConnector } from './callConnector';

const connector = new FakeConnector('gitea');
const never = () => new Promise<never>(() => undefined);

describe('callConnector', () => {
  it('gives up on a connector that hangs', async () => {
    let told: AbortSignal | undefined;
    await expect(
      callConnector(
        connector,
        ({ signal }) => {
          told = signal;
          return never();
        },
        { signal: new AbortController().signal, timeoutMs: 5 },
      ),
    ).rejects.toMatchObject({
      kind: 'unavailable',
      message: 'Gitea was not done after 0.005 s',
    });
    expect(told?.aborted).toBe(true);
  });

  it('ends when it is told to', async () => {
    const controller = new AbortController();
    const call = callConnector(connector, never, {
      signal: controller.signal,
      timeoutMs: 60_000,
    });
    controller.abort(new Error('stopping'));
    await expect(call).rejects.toThrow('stopping');
  });

  it('passes on answers and failures', async () => {
    const options = {
      signal: new AbortController().signal,
      timeoutMs: 60_000,
    };
    await expect(
      callConnector(connector, async () => 1, options),
    ).resolves.toBe(1);
    await expect(
      callConnector(connector, () => Promise.reject(new Error('no')), options),
    ).rejects.toThrow('no');
  });
});
