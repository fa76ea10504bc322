import { BULK_MAX_LINES } from '@formulary/plugin-provisioning-common';
import { readBulkFile } from './readBulkFile';

const read = (text: string) => readBulkFile(Buffer.from(text));

describe('readBulkFile', () => {
  it('reads a byte order mark, CRLF, quotes, and blank lines, and knows the numbers of the lines', () => {
    expect(
      read(
        '\ufeffUser,services\r\n"bob","gitea; coder"\r\n\r\n "o""brien" ,\r\n',
      ),
    ).toEqual([
      { line: 2, user: 'bob', email: '', services: ['gitea', 'coder'] },
      { line: 4, user: 'o"brien', email: '', services: [] },
    ]);
  });

  it('reads addresses in lower case, and names in any script', () => {
    expect(read('email,user\nZoë@Acme.example,\n,李雷\n')).toMatchObject([
      { user: '', email: 'zoë@acme.example' },
      { user: '李雷', email: '' },
    ]);
  });

  it.each([
    ['too many columns', 'user\nbob,carol\n', 'The line has 2 columns'],
    ['too few columns', 'user,services\nbob\n', 'no column "services"'],
  ])('says of a line that it has %s', (_what, text, problem) => {
    expect(read(text)[0].problem).toContain(problem);
  });

  it.each([
    ['nothing', '', 'The file is empty'],
    ['only a header', 'user\n', 'no line of a person'],
    ['no column of persons', 'services\ngitea\n', 'no column "user"'],
    ['an unknown column', 'user,service\nbob,gitea\n', 'column "service"'],
    ['a column twice', 'user,user\nbob,bob\n', 'a column twice'],
    ['an open quote', 'user\n"bob\n', 'The file is not CSV'],
    ['a zero', 'user\nb\0b\n', 'The file is not text'],
    [
      'too many lines',
      `user\n${'bob\n'.repeat(BULK_MAX_LINES + 1)}`,
      '10001 lines of people; 10000 is the most',
    ],
  ])('refuses a file with %s', (_what, text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('refuses what is not UTF-8', () => {
    expect(() => readBulkFile(Buffer.from('user\nZoë\n', 'latin1'))).toThrow(
      'Save it as "CSV UTF-8"',
    );
    expect(() =>
      readBulkFile(Buffer.from('\ufeffuser\nbob\n', 'utf16le')),
    ).toThrow('Save it as "CSV UTF-8"');
  });
});
