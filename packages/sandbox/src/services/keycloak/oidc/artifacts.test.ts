import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Store } from '../../../core/store';
import { Artifacts } from './artifacts';

describe('Artifacts', () => {
  let directory: string;
  let store: Store;
  let artifacts: Artifacts;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'artifacts-'));
    store = new Store(directory);
    artifacts = new Artifacts(store, 10);
  });

  afterEach(async () => {
    artifacts.stop();
    jest.restoreAllMocks();
    await store.close();
    rmSync(directory, { recursive: true });
  });

  const later = (seconds: number) => {
    const now = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(now + seconds * 1000);
  };

  it('finds a session by its id and its uid until it expires', async () => {
    const sessions = artifacts.adapterFor('Session');
    await sessions.upsert('id', { uid: 'uid', accountId: 'bob' }, 60);
    await expect(sessions.find('id')).resolves.toMatchObject({ uid: 'uid' });
    await expect(sessions.findByUid('uid')).resolves.toMatchObject({
      accountId: 'bob',
    });
    later(61);
    await expect(sessions.find('id')).resolves.toBeUndefined();
    await expect(sessions.findByUid('uid')).resolves.toBeUndefined();
  });

  it('lets two requests renew one session at once', async () => {
    const sessions = artifacts.adapterFor('Session');
    await sessions.upsert('first', { uid: 'uid', jti: 'first' }, 60);
    await sessions.upsert('second', { uid: 'uid', jti: 'second' }, 60);
    await expect(sessions.find('first')).resolves.toBeDefined();
    await expect(sessions.findByUid('uid')).resolves.toMatchObject({
      jti: 'second',
    });
  });

  it('hands out copies', async () => {
    const sessions = artifacts.adapterFor('Session');
    await sessions.upsert('id', { uid: 'uid' }, 60);
    const copy = await sessions.find('id');
    Object.assign(copy!, { uid: 'other' });
    await expect(sessions.find('id')).resolves.toMatchObject({ uid: 'uid' });
  });

  it('keeps kinds apart', async () => {
    await artifacts.adapterFor('Grant').upsert('id', {}, 60);
    await expect(
      artifacts.adapterFor('Session').find('id'),
    ).resolves.toBeUndefined();
  });

  it('revokes what came from a grant, and what belongs to a person', async () => {
    const tokens = artifacts.adapterFor('RefreshToken');
    await tokens.upsert('a', { grantId: 'one', accountId: 'bob' }, 60);
    await tokens.upsert('b', { grantId: 'two', accountId: 'bob' }, 60);
    await tokens.upsert('c', { grantId: 'three', accountId: 'ivy' }, 60);
    await tokens.revokeByGrantId('one');
    await expect(tokens.find('a')).resolves.toBeUndefined();
    artifacts.removeOfUser('bob');
    await expect(tokens.find('b')).resolves.toBeUndefined();
    await expect(tokens.find('c')).resolves.toBeDefined();
  });

  it('never holds more than its limit, and lets go first of what expires first', async () => {
    const sessions = artifacts.adapterFor('Session');
    await sessions.upsert('session', { uid: 'uid' }, 36_000);
    const interactions = artifacts.adapterFor('Interaction');
    for (let index = 0; index < 50; index += 1) {
      await interactions.upsert(`i${index}`, {}, 60);
      expect(artifacts.size).toBeLessThanOrEqual(10);
    }
    await expect(sessions.find('session')).resolves.toBeDefined();
    await expect(interactions.find('i49')).resolves.toBeDefined();
  });

  it('keeps what has not expired over a restart', async () => {
    const sessions = artifacts.adapterFor('Session');
    await sessions.upsert('long', { uid: 'long' }, 3600);
    await sessions.upsert('short', { uid: 'short' }, 60);
    artifacts.stop();
    await store.close();
    later(61);
    store = new Store(directory);
    artifacts = new Artifacts(store, 10);
    expect(artifacts.size).toBe(1);
  });
});
