import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Store } from '../../../core/store';
import { WebhookReceiver } from '../__testUtils__/webhook-receiver';
import { KeycloakEvent } from './event';
import { WebhookSender, WebhookSenderOptions } from './webhook-sender';
import { Webhooks } from './webhooks';

const event = (type: string): KeycloakEvent => ({
  id: 'event',
  type,
  realmId: 'formulary-id',
  realmName: 'formulary',
  time: 1,
  authDetails: { realmId: 'formulary', clientId: 'c', ipAddress: '::1' },
  details: {},
});

describe('WebhookSender', () => {
  let directory: string;
  let store: Store;
  let webhooks: Webhooks;
  let receiver: WebhookReceiver;
  let sender: WebhookSender;
  const log = jest.fn();

  const start = (options: Partial<WebhookSenderOptions> = {}) => {
    sender = new WebhookSender(webhooks, log, {
      initialDelayMs: 1,
      ...options,
    });
  };
  const subscribe = (eventTypes: string[], port = receiver.port) =>
    webhooks.create({
      enabled: true,
      url: `http://127.0.0.1:${port}/`,
      algorithm: 'HmacSHA256',
      eventTypes,
      createdBy: 'test',
    });

  beforeEach(async () => {
    log.mockReset();
    directory = mkdtempSync(join(tmpdir(), 'webhooks-'));
    store = new Store(directory);
    webhooks = new Webhooks(store);
    receiver = await WebhookReceiver.start();
    start();
  });

  afterEach(async () => {
    sender.stop();
    await receiver.stop();
    await store.close();
    rmSync(directory, { recursive: true });
  });

  it.each([
    [['*'], true],
    [['admin.*'], true],
    [['admin.USER-CREATE'], true],
    [['admin.USER-.*'], true],
    [['access.*'], false],
    [['USER'], false],
    [['(', 'admin.USER-CREATE'], true],
    [[], false],
  ])('decides by the types %j', (eventTypes, wanted) => {
    subscribe(eventTypes);
    expect(webhooks.wanting('admin.USER-CREATE')).toHaveLength(wanted ? 1 : 0);
  });

  it('sends the same body and uid again after an answer that is not 2xx, and says so once', async () => {
    subscribe(['*']);
    receiver.statuses.push(503, 500, 204);
    sender.publish(event('admin.USER-CREATE'));
    const bodies = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      bodies.push((await receiver.next()).body);
    }
    expect(new Set(bodies).size).toBe(1);
    expect(JSON.parse(bodies[0])).toHaveProperty('uid');
    expect(log).toHaveBeenCalledTimes(1);
    expect(log).toHaveBeenCalledWith(expect.stringContaining('answered 503'));
  });

  it('gives up after the time that a delivery may take', async () => {
    start({ maxElapsedMs: -1 });
    subscribe(['*']);
    receiver.statuses.push(500);
    sender.publish(event('admin.USER-CREATE'));
    await receiver.next();
    sender.publish(event('admin.USER-DELETE'));
    const { body } = await receiver.next();
    expect(JSON.parse(body).type).toBe('admin.USER-DELETE');
  });

  it('drops what exceeds the queue', async () => {
    start({ queueLimit: 1 });
    subscribe(['*']);
    sender.publish(event('admin.USER-CREATE'));
    sender.publish(event('admin.USER-DELETE'));
    const { body } = await receiver.next();
    expect(JSON.parse(body).type).toBe('admin.USER-CREATE');
    expect(log).toHaveBeenCalledWith(
      expect.stringContaining('admin.USER-DELETE dropped'),
    );
  });

  it('says once that nobody can be reached', async () => {
    const said = new Promise(resolve => log.mockImplementation(resolve));
    const down = await WebhookReceiver.start();
    const { port } = down;
    await down.stop();
    subscribe(['*'], port);
    sender.publish(event('admin.USER-CREATE'));
    sender.publish(event('admin.USER-DELETE'));
    await said;
    subscribe(['*']);
    sender.publish(event('admin.USER-UPDATE'));
    await receiver.next();
    expect(log).toHaveBeenCalledTimes(1);
  });
});
