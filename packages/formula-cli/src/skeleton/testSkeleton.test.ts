import { createMockDirectory } from '@backstage/backend-test-utils';
import { soundBundle } from '../__testing__/soundBundle';
import { testSkeleton } from './testSkeleton';

describe('testSkeleton', () => {
  const bundles = createMockDirectory();
  const work = createMockDirectory();

  async function run(changes: Record<string, string>) {
    bundles.setContent({ notes: { ...soundBundle, ...changes } });
    work.clear();
    const lines: string[] = [];
    const folder = bundles.resolve('notes');
    const passed = await testSkeleton(folder, {
      directory: work.path,
      limit: 20,
      print: line => lines.push(line.replaceAll(folder, 'notes')),
    });
    return { passed, text: lines.join('\n') };
  }

  const commands = (...scripts: string[]) =>
    JSON.stringify({
      values: { name: 'my-notes' },
      commands: scripts.map(script => [process.execPath, '-e', script]),
    });

  it('runs the commands one after the other in the skeleton, filled in as a run would', async () => {
    const { passed, text } = await run({
      'skeleton/${{ values.name }}.txt': 'for ${{ values.name | upper }}',
      'skeleton.test.json': commands(
        `fs.copyFileSync('my-notes.txt', 'copy.txt')`,
        `assert.equal(fs.readFileSync('copy.txt', 'utf8'), 'for MY-NOTES')`,
        `assert.match(fs.readFileSync('index.js', 'utf8'), /\\$\\{\\{ values.nobody }}/)`,
      ),
    });
    expect(text.match(/: ok \(/g)).toHaveLength(3);
    expect(passed).toBe(true);
  });

  it('stops at the first command that fails and shows its output', async () => {
    const { passed, text } = await run({
      'skeleton.test.json': commands(
        `console.log('2 of 3 failed'); process.exitCode = 1`,
        `console.log('never')`,
      ),
    });
    expect(passed).toBe(false);
    expect(text).toContain(': exit code 1 (');
    expect(text).toContain('2 of 3 failed');
    expect(text).not.toContain('ok (');
  });

  it('says why a skeleton can not be tested', async () => {
    await expect(
      run({ 'skeleton.test.json': '{"values":{}}' }),
    ).resolves.toEqual({
      passed: false,
      text: expect.stringMatching(/^notes\/skeleton\.test\.json: commands: /),
    });
  });
});
