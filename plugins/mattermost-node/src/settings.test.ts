import { mockServices } from '@backstage/backend-test-utils';
import { MattermostClient } from './MattermostClient';

const clientFor = (mattermost: object) =>
  MattermostClient.fromConfig(
    mockServices.rootConfig({ data: { mattermost } }),
  );

const valid = {
  baseUrl: 'https://chat.example.com/',
  token: 'secret',
  sso: { mode: 'openid' },
};

describe('mattermost in the configuration', () => {
  it('gives a client without a trailing slash and with the default attribute', () => {
    const client = clientFor(valid);
    expect(client.baseUrl).toBe('https://chat.example.com');
    expect(client.sso).toEqual({ mode: 'openid', idAttribute: 'mattermostId' });
    expect(client.channelUrl('acme', 'off-topic')).toBe(
      'https://chat.example.com/acme/channels/off-topic',
    );
  });

  it.each([
    [{ ...valid, baseUrl: undefined }, 'mattermost.baseUrl'],
    [{ ...valid, baseUrl: 'chat.example.com' }, 'mattermost.baseUrl'],
    [{ ...valid, token: undefined }, 'mattermost.token'],
    [{ ...valid, sso: {} }, 'mattermost.sso.mode'],
    [
      { ...valid, sso: { mode: 'oidc' } },
      'mattermost.sso.mode must be one of openid, gitlab, email, not "oidc"',
    ],
  ])('names the key that is wrong in %j', (mattermost, key) => {
    expect(() => clientFor(mattermost)).toThrow(key);
  });
});
