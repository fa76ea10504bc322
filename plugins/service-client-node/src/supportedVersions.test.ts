import { checkVersion } from './supportedVersions';

const range = { from: '1.22', below: '2' };

describe('checkVersion', () => {
  it.each(['1.22.0', '1.25.2+dev-12-gabc', 'v1.99.0-devel', '1.22'])(
    'has nothing against %s',
    version => {
      expect(checkVersion('Gitea', version, range)).toEqual({ version });
    },
  );

  it.each([
    [
      '1.21.11',
      'Gitea 1.21.11 is not supported: Formulary works with 1.22 and newer, below 2. Upgrade Gitea',
    ],
    [
      '2.0.0-rc1',
      'Gitea 2.0.0-rc1 is not supported: Formulary works with 1.22 and newer, below 2. Use a version of Formulary that knows it',
    ],
    [
      'main',
      'Gitea tells "main" for its version: Formulary works with 1.22 and newer, below 2. Check that the configured address is its own',
    ],
  ])('says what is wrong with %s and what to do', (version, problem) => {
    expect(checkVersion('Gitea', version, range)).toEqual({ version, problem });
  });
});
