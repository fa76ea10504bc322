import { createServer, Server } from 'node:net';

/** Ports of a sandbox's block: its own is the first, the others are the sandbox's. */
const SIZE = 40;
/** Below what Linux hands out to outgoing connections (32768), which may take a port at any time. */
const FIRST = 20_000;
const BLOCKS = 270;

/**
 * Forty consecutive ports that no other test has, in this process or another.
 *
 * Its first port is listened on as long as the block is held: whoever else tries
 * the block finds it taken before its sandbox has started.
 */
export class PortBlock {
  private constructor(readonly base: number, private readonly holder: Server) {}

  /** @throws Error when fifty blocks taken at random have somebody on them */
  static async reserve(): Promise<PortBlock> {
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const base = FIRST + SIZE * Math.floor(Math.random() * BLOCKS);
      const holder = await listen(base);
      if (!holder) continue;
      holder.unref();
      const block = new PortBlock(base, holder);
      if (await block.isFree()) return block;
      await block.release();
    }
    throw new Error('No free block of ports for a sandbox');
  }

  async release(): Promise<void> {
    await close(this.holder);
  }

  private async isFree(): Promise<boolean> {
    for (let offset = 1; offset < SIZE; offset += 1) {
      const server = await listen(this.base + offset);
      if (!server) return false;
      await close(server);
    }
    return true;
  }
}

function listen(port: number): Promise<Server | undefined> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
  });
}
