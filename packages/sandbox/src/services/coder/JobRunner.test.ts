import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Store } from '../../core/store';
import { JobFailure, JobRunner } from './JobRunner';
import { CoderState, JobRow } from './model';

const job: JobRow = {
  id: 'j1',
  organizationId: 'o',
  type: 'template_version_import',
  subjectId: 'v1',
  initiatorId: 'u',
  fileId: 'f',
  status: 'pending',
  error: '',
  createdAt: '2026-01-01T00:00:00Z',
  logs: [],
  done: 0,
};

describe('JobRunner', () => {
  let directory: string;
  let store: Store;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
    directory = mkdtempSync(join(tmpdir(), 'jobs-'));
    store = new Store(directory);
  });
  afterEach(async () => {
    jest.useRealTimers();
    await store.close();
    rmSync(directory, { recursive: true });
  });

  it('writes its log line by line and then does what it is for', async () => {
    const state = new CoderState(store);
    const finish = jest.fn(async () => {});
    new JobRunner(state, finish).enqueue(job);
    await jest.advanceTimersByTimeAsync(150);
    expect(state.jobs.get('j1')).toMatchObject({ status: 'running', done: 1 });
    await jest.advanceTimersByTimeAsync(2000);
    expect(state.jobs.get('j1')).toMatchObject({ status: 'succeeded' });
    expect(finish).toHaveBeenCalledTimes(1);
  });

  it('goes on after a restart where it was', async () => {
    const before = new CoderState(store);
    const first = new JobRunner(before, async () => {});
    first.enqueue(job);
    await jest.advanceTimersByTimeAsync(250);
    first.stop();
    await store.close();

    store = new Store(directory);
    const after = new CoderState(store);
    const written = after.jobs.get('j1')?.logs.length ?? 0;
    expect(written).toBe(2);
    new JobRunner(after, async () => {}).resume();
    await jest.advanceTimersByTimeAsync(2000);
    const ended = after.jobs.get('j1');
    expect(ended?.status).toBe('succeeded');
    const ids = ended?.logs.map(line => line.id) ?? [];
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(5);
  });

  it('tells why it failed', async () => {
    const state = new CoderState(store);
    new JobRunner(state, async () => {
      throw new JobFailure('no quota', 'QUOTA');
    }).enqueue(job);
    await jest.advanceTimersByTimeAsync(2000);
    expect(state.jobs.get('j1')).toMatchObject({
      status: 'failed',
      error: 'no quota',
      errorCode: 'QUOTA',
    });
  });

  it('ends early when it is canceled', async () => {
    const state = new CoderState(store);
    const finish = jest.fn(async () => {});
    const runner = new JobRunner(state, finish);
    runner.enqueue(job);
    await jest.advanceTimersByTimeAsync(150);
    const running = state.must(state.jobs, 'j1');
    state.jobs.put({ ...running, canceledAt: '2026-01-01T00:00:01Z' });
    await jest.advanceTimersByTimeAsync(500);
    expect(state.jobs.get('j1')?.status).toBe('canceled');
    expect(finish).not.toHaveBeenCalled();
  });
});
