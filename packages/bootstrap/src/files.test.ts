import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './__testUtils__/environment';
import { readEnvFile, writeEnvFile } from './envFile';
import { writeSecrets } from './secrets';

describe('environment files', () => {
  let folder: ReturnType<typeof temporaryFolder>;

  beforeEach(() => {
    folder = temporaryFolder();
  });

  afterEach(() => folder.remove());

  it('are read back as they were written, by their owner alone', () => {
    const file = join(folder.path, 'sub', 'portal.env');
    const variables = { B: 'two words', A: 'https://a.example/?b=c&d' };
    writeEnvFile(file, variables, 'Heading');
    expect(readEnvFile(file)).toEqual(variables);
    expect(statSync(file).mode % 0o1000).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toMatch(/^# Heading\nA=/);
  });

  it.each(['a"b', "a'b", 'a$b', 'a#b', 'a\\b', 'a\nb'])(
    'refuse the value %j, which others would read otherwise, without showing it',
    value => {
      const write = () =>
        writeEnvFile(join(folder.path, 'x.env'), { SECRET: value }, 'Heading');
      expect(write).toThrow(/^SECRET can't be written/);
      expect(write).not.toThrow(value);
    },
  );

  describe('secrets', () => {
    const example = () => join(folder.path, '.env.example');
    const file = () => join(folder.path, '.env');

    beforeEach(() => {
      writeFileSync(
        example(),
        'DOMAIN=formulary.localhost\nPOSTGRES_PASSWORD=\nGITEA_LOGIN_SECRET=\nTWENTY_ENCRYPTION_KEY=\nTWENTY_TOKEN=\n',
      );
    });

    it('are random where the example leaves them empty', () => {
      expect(writeSecrets(example(), file())).toEqual([
        'GITEA_LOGIN_SECRET',
        'POSTGRES_PASSWORD',
        'TWENTY_ENCRYPTION_KEY',
      ]);
      const variables = readEnvFile(file());
      expect(variables).toMatchObject({
        DOMAIN: 'formulary.localhost',
        POSTGRES_PASSWORD: expect.stringMatching(/^Aa1-[0-9a-f]{30}$/),
        GITEA_LOGIN_SECRET: expect.stringMatching(/^[0-9a-f]{48}$/),
        TWENTY_TOKEN: '',
      });
      expect(statSync(file()).mode % 0o1000).toBe(0o600);
    });

    it('stay once they are there', () => {
      writeSecrets(example(), file());
      const before = readFileSync(file(), 'utf8');
      expect(writeSecrets(example(), file())).toEqual([]);
      expect(readFileSync(file(), 'utf8')).toBe(before);
    });

    it('keep what a person wrote, and get what a newer example adds', () => {
      writeFileSync(file(), 'DOMAIN=dev.example.com\nPOSTGRES_PASSWORD=mine\n');
      writeSecrets(example(), file());
      expect(readEnvFile(file())).toMatchObject({
        DOMAIN: 'dev.example.com',
        POSTGRES_PASSWORD: 'mine',
        GITEA_LOGIN_SECRET: expect.stringMatching(/^[0-9a-f]{48}$/),
      });
    });

    it('need their example', () => {
      expect(() => writeSecrets(join(folder.path, 'none'), file())).toThrow(
        /Run this in deploy\/compose/,
      );
    });
  });
});
