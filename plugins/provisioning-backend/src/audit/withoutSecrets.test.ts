import { withoutSecrets } from './withoutSecrets';

describe('withoutSecrets', () => {
  it('keeps what may be seen, at any depth', () => {
    const value = { account: { username: 'bob', state: 'active' }, n: [1] };
    expect(JSON.parse(withoutSecrets(value))).toEqual(value);
  });

  it.each(['password', 'clientSecret', 'access_token', 'apiKey', 'Cookie'])(
    'leaves out what is called %s',
    key => {
      expect(withoutSecrets({ list: [{ [key]: 'hunter2' }] })).not.toContain(
        'hunter2',
      );
    },
  );
});
