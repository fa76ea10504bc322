import { mockServices } from '@backstage/backend-test-utils';
import { TwentyClient } from './TwentyClient';

const clientFor = (twenty: object) =>
  TwentyClient.fromConfig(mockServices.rootConfig({ data: { twenty } }));

const valid = { baseUrl: 'https://crm.example.com/', token: 'secret' };

describe('twenty in the configuration', () => {
  it('gives a client whose records open at the address of the server', () => {
    expect(clientFor(valid).recordUrl('person', 'id')).toBe(
      'https://crm.example.com/object/person/id',
    );
  });

  it('opens records at the address for people where that differs', () => {
    const frontUrl = 'https://twenty.example.com/';
    expect(clientFor({ ...valid, frontUrl }).frontUrl).toBe(
      'https://twenty.example.com',
    );
  });

  it('maps the words of formulas to the stages of the workspace', () => {
    const client = clientFor({ ...valid, stages: { won: 'CUSTOMER' } });
    expect(client.stageFor('won')).toBe('CUSTOMER');
    expect(client.stageFor('NEW')).toBe('NEW');
  });

  it.each([
    [{ ...valid, stages: { won: 1 } }, 'twenty.stages.won'],
    [{ ...valid, baseUrl: undefined }, 'twenty.baseUrl'],
    [
      { ...valid, baseUrl: 'crm.example.com' },
      'twenty.baseUrl must be an address such as https://crm.example.com, not "crm.example.com"',
    ],
    [{ ...valid, token: undefined }, 'twenty.token'],
    [{ ...valid, frontUrl: 'ftp://crm.example.com' }, 'twenty.frontUrl'],
  ])('names the key that is wrong in %j', (twenty, key) => {
    expect(() => clientFor(twenty)).toThrow(key);
  });
});
