import { existsSync } from 'node:fs';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { runCommand } from './runCommand';

describe('runCommand', () => {
  const directory = createMockDirectory();
  const node = (script: string, limit = 20) =>
    runCommand([process.execPath, '-e', script], {
      cwd: directory.path,
      limit,
    });

  it('runs in the folder and gives what the program wrote', async () => {
    directory.setContent({ 'here.txt': 'x' });
    const result = await node(
      `console.log(fs.existsSync('here.txt')); console.error('warned')`,
    );
    expect(result.failure).toBeUndefined();
    expect(result.output).toContain('true');
    expect(result.output).toContain('warned');
  });

  it('tells the exit code of a program that failed', async () => {
    await expect(node('process.exit(3)')).resolves.toMatchObject({
      failure: 'exit code 3',
    });
  });

  it('tells of a program that is not there', async () => {
    const result = await runCommand(['no-such-program'], {
      cwd: directory.path,
      limit: 20,
    });
    expect(result.failure).toMatch(/^it could not be started: .*ENOENT/);
  });

  it('stops a program after the limit, and what it has started', async () => {
    const late = directory.resolve('late.txt');
    const child = `setTimeout(() => fs.writeFileSync(${JSON.stringify(
      late,
    )}, ''), 2000)`;
    const result = await node(
      `child_process.spawnSync(process.execPath, ['-e', ${JSON.stringify(
        child,
      )}])`,
      0.5,
    );
    expect(result.failure).toBe('it was stopped after 0.5 s');
    expect(result.seconds).toBeLessThan(2);
    // The pipes are closed, which the child holds as long as it lives.
    expect(existsSync(late)).toBe(false);
  });
});
