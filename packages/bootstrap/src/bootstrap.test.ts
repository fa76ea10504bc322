import { environment } from './__testUtils__/environment';
import { bootstrap } from './bootstrap';

describe('the command line', () => {
  const run = async (...args: string[]) => {
    const printed: string[] = [];
    const code = await bootstrap(args, environment, line => printed.push(line));
    return { code, text: printed.join('\n') };
  };

  it('tells what there is', async () => {
    const { code, text } = await run('--help');
    expect(code).toBe(0);
    for (const word of ['apply', 'check', 'numbers', 'secrets', '--only']) {
      expect(text).toContain(word);
    }
  });

  it.each([
    [['destroy'], /no command "destroy"/],
    [['check', 'twice'], /no command "check twice"/],
    [['--only', 'gitlab'], /"gitlab" is none of them/],
    [['--force'], /Unknown option '--force'/],
  ])('refuses %j', async (args, message) => {
    await expect(run(...args)).rejects.toThrow(message);
  });
});
