import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Collection, Store, UniqueViolation } from './store';

interface User {
  id: string;
  name: string;
  email?: string;
}

describe('Store', () => {
  let directory: string;
  let store: Store;
  let users: Collection<User>;

  const open = () => {
    store = new Store(join(directory, 'service'));
    users = store.collection<User>('users', {
      name: ({ name }) => name.toLowerCase(),
      email: ({ email }) => email,
    });
  };

  const reopen = async () => {
    await store.close();
    open();
  };

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'formulary-store-'));
    open();
  });

  afterEach(async () => {
    await store.close();
    rmSync(directory, { recursive: true });
  });

  it('finds a row by its id and by its unique values', () => {
    const alice = users.put({
      id: '1',
      name: 'Alice',
      email: 'a@acme.example',
    });
    expect(users.get('1')).toBe(alice);
    expect(users.find('name', 'alice')).toBe(alice);
    expect(users.find('email', 'a@acme.example')).toBe(alice);
    expect(users.find('email', 'b@acme.example')).toBeUndefined();
    expect(users.size).toBe(1);
  });

  it('keeps rows in the order in which they were first written', () => {
    for (const id of ['2', '1', '3']) users.put({ id, name: `user ${id}` });
    users.put({ id: '2', name: 'changed' });
    expect(users.all().map(({ id }) => id)).toEqual(['2', '1', '3']);
    expect(users.filter(({ id }) => id > '1').map(({ id }) => id)).toEqual([
      '2',
      '3',
    ]);
  });

  it('refuses a unique value that another row has, and changes nothing', () => {
    users.put({ id: '1', name: 'alice' });
    users.put({ id: '2', name: 'bob', email: 'b@acme.example' });
    const attempt = () => users.put({ id: '2', name: 'ALICE' });
    expect(attempt).toThrow(UniqueViolation);
    expect(attempt).toThrow(
      expect.objectContaining({ index: 'name', existingId: '1' }),
    );
    expect(users.get('2')).toEqual({
      id: '2',
      name: 'bob',
      email: 'b@acme.example',
    });
    expect(users.find('name', 'bob')?.id).toBe('2');
  });

  it('lets a row keep its own value, and several rows have none', () => {
    users.put({ id: '1', name: 'alice' });
    users.put({ id: '2', name: 'bob' });
    users.put({ id: '1', name: 'alice', email: 'a@acme.example' });
    expect(users.size).toBe(2);
  });

  it('frees a value that a row gave up or that went with its row', () => {
    users.put({ id: '1', name: 'alice' });
    users.put({ id: '1', name: 'alison' });
    users.put({ id: '2', name: 'alice' });
    expect(users.delete('2')).toBe(true);
    expect(users.delete('2')).toBe(false);
    users.put({ id: '3', name: 'alice' });
    expect(users.find('name', 'alice')?.id).toBe('3');
  });

  it('says which index it does not have', () => {
    expect(() => users.find('age', '1')).toThrow('no unique index called age');
  });

  it('has everything again after it was closed and opened', async () => {
    users.put({ id: '1', name: 'alice', email: 'a@acme.example' });
    users.put({ id: '2', name: 'bob' });
    users.put({ id: '2', name: 'robert' });
    users.put({ id: '3', name: 'carol' });
    users.delete('3');
    await reopen();
    expect(users.all()).toEqual([
      { id: '1', name: 'alice', email: 'a@acme.example' },
      { id: '2', name: 'robert' },
    ]);
    expect(users.find('name', 'robert')?.id).toBe('2');
    expect(() => users.put({ id: '4', name: 'Robert' })).toThrow(
      UniqueViolation,
    );
  });

  it('keeps collections apart', () => {
    const teams = store.collection<User>('teams');
    users.put({ id: '1', name: 'alice' });
    expect(teams.size).toBe(0);
  });

  it('counts on where it stopped', async () => {
    const next = store.sequence('user');
    expect([next(), next()]).toEqual([1, 2]);
    expect(store.sequence('team')()).toBe(1);
    await reopen();
    expect(store.sequence('user')()).toBe(3);
  });
});
