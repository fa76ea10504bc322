import { renderInTestApp } from '@backstage/frontend-test-utils';
import { type SignalApi, signalApiRef } from '@backstage/plugin-signals-react';
import type { JsonObject } from '@backstage/types';
import type {
  PersonStatus,
  ProvisioningApi,
  Run,
  RunSignal,
} from '@formulary/plugin-provisioning-common';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { provisioningApiRef } from '../api/provisioningApi';
import { MyTools } from './MyTools';

const services = [
  { service: 'gitea', title: 'Gitea', url: 'http://gitea.example' },
  { service: 'twenty', title: 'Twenty', url: 'http://twenty.example' },
];
const observedAt = new Date().toISOString();
const nobody: PersonStatus = {
  userRef: 'user:default/bob',
  services,
  accounts: [],
};

function run(overrides: Partial<Run>): Run {
  return {
    id: '6e3b6d0c-2f6e-4b0e-9c1e-0d9d3f0a1b2c',
    kind: 'onboard',
    state: 'running',
    source: 'self',
    requestedBy: 'user:default/bob',
    userRef: 'user:default/bob',
    organisation: 'acme',
    createdAt: observedAt,
    steps: [],
    ...overrides,
  };
}

const ready: PersonStatus = {
  ...nobody,
  run: run({ state: 'succeeded' }),
  accounts: services.map(({ service, url }) => ({
    service,
    state: 'active',
    username: 'bob',
    url: `${url}/bob`,
    observedAt,
  })),
};
const half: PersonStatus = {
  ...ready,
  run: run({ state: 'failed' }),
  accounts: [
    ready.accounts[0],
    {
      service: 'twenty',
      state: 'failed',
      message: 'Twenty is not running',
      observedAt,
    },
  ],
};

/** Signals that a test sends. */
class FakeSignals implements SignalApi {
  private readonly listeners = new Set<(message: JsonObject) => void>();

  subscribe<T extends JsonObject>(
    channel: string,
    onMessage: (message: T) => void,
  ) {
    const listener = onMessage as (message: JsonObject) => void;
    if (channel === 'provisioning:runs') this.listeners.add(listener);
    return { unsubscribe: () => this.listeners.delete(listener) };
  }

  send(message: RunSignal) {
    this.listeners.forEach(listener => listener(message));
  }
}

function show(api: Partial<ProvisioningApi>, signals?: SignalApi) {
  const own = [provisioningApiRef, api as ProvisioningApi] as const;
  return signals
    ? renderInTestApp(<MyTools />, {
        apis: [own, [signalApiRef, signals] as const],
      })
    : renderInTestApp(<MyTools />, { apis: [own] });
}

const card = (name: string) => screen.findByRole('article', { name });

describe('MyTools', () => {
  it('shows each account with the way to it', async () => {
    show({ getMe: async () => ready });
    const gitea = await card('Gitea');
    expect(gitea).toHaveTextContent('Ready');
    expect(gitea).toHaveTextContent('bob');
    expect(gitea).toHaveTextContent('Checked just now');
    expect(
      within(gitea).getByRole('link', { name: 'Open Gitea' }),
    ).toHaveAttribute('href', 'http://gitea.example/bob');
  });

  it('says that it is loading', async () => {
    show({ getMe: () => new Promise(() => undefined) });
    expect(
      await screen.findByRole('status', { name: 'Loading your tools' }),
    ).toBeVisible();
  });

  it('offers to prepare the tools of somebody who has none, and follows the run', async () => {
    jest.useFakeTimers();
    const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
    const underWay: PersonStatus = {
      ...nobody,
      run: run({
        steps: [
          { id: '1', service: 'gitea', state: 'running', attempts: 1 },
          { id: '2', service: 'twenty', state: 'pending', attempts: 0 },
        ],
      }),
    };
    const getMe = jest
      .fn<Promise<PersonStatus>, []>()
      .mockResolvedValueOnce(nobody)
      .mockResolvedValueOnce(underWay)
      .mockResolvedValueOnce(underWay)
      .mockResolvedValue(ready);
    const prepareMe = jest.fn(async () => ({
      run: underWay.run!,
      joined: false,
    }));
    show({ getMe, prepareMe }, new FakeSignals());

    await user.click(
      await screen.findByRole('button', { name: 'Prepare my tools' }),
    );
    expect(prepareMe).toHaveBeenCalledTimes(1);
    expect(await card('Gitea')).toHaveTextContent('Being prepared');

    const before = getMe.mock.calls.length;
    await act(() => jest.advanceTimersByTimeAsync(1_900));
    expect(getMe).toHaveBeenCalledTimes(before);
    await act(() => jest.advanceTimersByTimeAsync(4_200));
    expect(await card('Gitea')).toHaveTextContent('Ready');

    const done = getMe.mock.calls.length;
    await act(() => jest.advanceTimersByTimeAsync(60_000));
    expect(getMe).toHaveBeenCalledTimes(done);
    jest.useRealTimers();
  });

  it('reads anew at once when a signal tells of a change, and seldom otherwise', async () => {
    jest.useFakeTimers();
    const signals = new FakeSignals();
    const underWay: PersonStatus = { ...nobody, run: run({}) };
    const getMe = jest.fn(async () => underWay);
    show({ getMe }, signals);
    await card('Gitea');

    const about = { runId: underWay.run!.id, userRef: 'user:default/bob' };
    let before = getMe.mock.calls.length;
    await act(async () => signals.send(about));
    expect(getMe).toHaveBeenCalledTimes(before + 1);

    // The wait that had begun before the first signal was a short one.
    await act(() => jest.advanceTimersByTimeAsync(2_100));
    before = getMe.mock.calls.length;
    await act(() => jest.advanceTimersByTimeAsync(9_000));
    expect(getMe).toHaveBeenCalledTimes(before);
    await act(async () =>
      signals.send({ ...about, userRef: 'user:default/carol' }),
    );
    expect(getMe).toHaveBeenCalledTimes(before);
    await act(() => jest.advanceTimersByTimeAsync(1_100));
    expect(getMe).toHaveBeenCalledTimes(before + 1);
    jest.useRealTimers();
  });

  it('reads no more often than every ten seconds where there are no signals', async () => {
    jest.useFakeTimers();
    const getMe = jest.fn(async () => ({ ...nobody, run: run({}) }));
    show({ getMe });
    await card('Gitea');
    const before = getMe.mock.calls.length;
    await act(() => jest.advanceTimersByTimeAsync(9_000));
    expect(getMe).toHaveBeenCalledTimes(before);
    await act(() => jest.advanceTimersByTimeAsync(1_100));
    expect(getMe).toHaveBeenCalledTimes(before + 1);
    jest.useRealTimers();
  });

  it('says why a tool failed and retries the run', async () => {
    const retryRun = jest.fn(async () => run({}));
    const getMe = jest
      .fn<Promise<PersonStatus>, []>()
      .mockResolvedValueOnce(half)
      .mockResolvedValue(ready);
    show({ getMe, retryRun });

    expect(await card('Twenty')).toHaveTextContent('Twenty is not running');
    expect(await card('Gitea')).toHaveTextContent('Ready');
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(retryRun).toHaveBeenCalledWith(half.run!.id);
    expect(
      await screen.findByRole('link', { name: 'Open Twenty' }),
    ).toBeVisible();
  });

  it('shows an error with a way to try again', async () => {
    const getMe = jest
      .fn<Promise<PersonStatus>, []>()
      .mockRejectedValueOnce(new Error('the backend is away'))
      .mockResolvedValue(ready);
    show({ getMe });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'the backend is away',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await card('Gitea')).toBeVisible();
  });

  it('says why preparing was refused', async () => {
    show({
      getMe: async () => nobody,
      prepareMe: async () => {
        throw new Error('Nobody called user:default/bob is known yet');
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Prepare my tools' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Nobody called user:default/bob is known yet',
    );
  });

  it('says why accounts are suspended, and offers nothing that would be refused', async () => {
    show({
      getMe: async () => ({
        ...ready,
        lifecycle: { state: 'suspended', reason: 'On leave' },
        accounts: ready.accounts.map(account => ({
          ...account,
          state: 'suspended',
        })),
        run: run({ kind: 'suspend', state: 'failed' }),
      }),
    });
    expect(
      await screen.findByText('Your accounts are suspended'),
    ).toBeVisible();
    expect(screen.getByText(/On leave\. Ask an administrator/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
  });
});
