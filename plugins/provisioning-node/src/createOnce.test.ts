import { ServiceError } from '@formulary/service-client-node';
import { createOnce } from './createOnce';

/** A service with one shelf, and a scaffolder that keeps its checkpoints. */
class Scene {
  shelf: string[] = [];
  creates = 0;
  dieAfterCreate = false;
  readonly stored = new Map<string, unknown>();

  run(create?: () => Promise<string>) {
    return createOnce<string>({
      key: 'box',
      checkpoint: async ({ key, fn }) => {
        if (!this.stored.has(key)) this.stored.set(key, await fn());
        return this.stored.get(key) as Awaited<ReturnType<typeof fn>>;
      },
      find: async () => this.shelf[0],
      create: create ?? (() => this.create()),
    });
  }

  private async create() {
    this.creates += 1;
    this.shelf.push('box');
    if (this.dieAfterCreate) throw new Error('the process died');
    return 'box';
  }
}

const failed = (kind: 'conflict' | 'unavailable' | 'validation') =>
  new ServiceError('refused', { kind, service: 'Shelf' });

describe('createOnce', () => {
  let scene: Scene;

  beforeEach(() => {
    scene = new Scene();
  });

  it('makes what is not there', async () => {
    expect(await scene.run()).toEqual({ value: 'box', created: true });
  });

  it('leaves what is there', async () => {
    scene.shelf = ['box'];
    expect(await scene.run()).toEqual({ value: 'box', created: false });
    expect(scene.creates).toBe(0);
  });

  it('makes nothing twice when it died after the effect, and knows what it made', async () => {
    scene.dieAfterCreate = true;
    await expect(scene.run()).rejects.toThrow('died');
    expect(await scene.run()).toEqual({ value: 'box', created: true });
    expect(scene.creates).toBe(1);
  });

  it.each([
    ['conflict', false],
    ['unavailable', true],
  ] as const)(
    'looks again after the failure "%s"; created: %s',
    async (kind, created) => {
      const result = await scene.run(async () => {
        scene.shelf.push('box');
        throw failed(kind);
      });
      expect(result).toEqual({ value: 'box', created });
    },
  );

  it.each(['conflict', 'unavailable', 'validation'] as const)(
    'passes the failure "%s" on when there is nothing',
    async kind => {
      await expect(
        scene.run(async () => {
          throw failed(kind);
        }),
      ).rejects.toMatchObject({ kind });
    },
  );
});
