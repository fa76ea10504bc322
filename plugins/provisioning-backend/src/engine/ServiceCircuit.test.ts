import { ServiceError } from '@formulary/service-client-node';
import { isHeldBack, ServiceCircuit } from './ServiceCircuit';

const failure = (kind: 'unavailable' | 'rate-limited' | 'validation') => () =>
  Promise.reject(
    new ServiceError(`Gitea: ${kind}`, { kind, service: 'Gitea' }),
  );

describe('ServiceCircuit', () => {
  let circuit: ServiceCircuit;

  beforeEach(() => {
    jest.useFakeTimers();
    circuit = new ServiceCircuit({ failures: 3, coolDownMs: 1_000 });
  });
  afterEach(() => jest.useRealTimers());

  async function fail(
    times: number,
    kind: 'unavailable' | 'rate-limited' | 'validation' = 'unavailable',
  ) {
    for (let time = 0; time < times; time += 1) {
      await expect(circuit.call(failure(kind))).rejects.toMatchObject({ kind });
    }
  }

  it('opens after so many calls in a row without an answer', async () => {
    await fail(2);
    expect(circuit.holdMs()).toBeUndefined();
    const since = Date.now();
    jest.advanceTimersByTime(100);
    await fail(1);
    expect(circuit.holdMs()).toBe(1_000);
    expect(circuit.open).toEqual({
      failingSince: since,
      nextTryAt: Date.now() + 1_000,
      lastError: 'Gitea: unavailable',
    });
  });

  it.each(['validation', 'rate-limited'] as const)(
    'takes %s for an answer',
    async kind => {
      await fail(2);
      await fail(1, kind);
      await fail(2);
      expect(circuit.open).toBeUndefined();
    },
  );

  it('lets one call find out whether the service is back, and closes on any answer', async () => {
    await fail(3);
    jest.advanceTimersByTime(1_000);
    expect(circuit.holdMs()).toBeUndefined();
    let answer: (value: string) => void = () => undefined;
    const probe = circuit.call(
      () =>
        new Promise<string>(resolve => {
          answer = resolve;
        }),
    );
    expect(circuit.holdMs()).toBeGreaterThan(0);
    answer('back');
    await expect(probe).resolves.toBe('back');
    expect(circuit.open).toBeUndefined();
  });

  it('stays open when the call fails too, and makes no other one', async () => {
    await fail(3);
    jest.advanceTimersByTime(1_000);
    const probe = circuit.call(failure('unavailable'));
    const second = jest.fn();
    const held = circuit.call(async () => second());
    await expect(probe).rejects.toMatchObject({ kind: 'unavailable' });
    expect(isHeldBack(await held.catch(error => error))).toBe(true);
    expect(second).not.toHaveBeenCalled();
    expect(circuit.holdMs()).toBe(1_000);
  });
});
