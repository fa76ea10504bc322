import { fakeTaskAccess } from '../__testUtils__/fakeTaskAccess';
import { FakeTwenty } from '../__testUtils__/FakeTwenty';
import { runAction } from '@formulary/scaffolder-actions-test-utils';
import { createCreateCompanyAction } from './createCompany';
import { createCreateOpportunityAction } from './createOpportunity';
import { createCreatePersonAction } from './createPerson';
import { createDeleteRecordAction } from './deleteRecord';
import { createUpsertAction } from './upsert';

type Options = Parameters<typeof createUpsertAction>[0];

const nobody = '0f0e4c1d-0000-4000-8000-999999999999';

describe('bad input', () => {
  let twenty: FakeTwenty;
  let options: Options;

  beforeEach(async () => {
    twenty = new FakeTwenty();
    options = { client: await twenty.start(), taskAccess: fakeTaskAccess() };
  });

  afterEach(() => twenty.stop());

  const person = (more: object) =>
    runAction(createCreatePersonAction(options), {
      email: 'bob@acme.example',
      firstName: 'Bob',
      lastName: 'Tanaka',
      ...more,
    });
  const company = (more: object) =>
    runAction(createCreateCompanyAction(options), { name: 'Initech', ...more });
  const opportunity = (more: object) =>
    runAction(createCreateOpportunityAction(options), {
      name: 'Orbit',
      ...more,
    });
  const upsert = (record: object, ...others: object[]) =>
    runAction(createUpsertAction(options), {
      object: 'person',
      records: [record, ...others] as never[],
    });
  const email = (primaryEmail: string) => ({ emails: { primaryEmail } });

  it.each<[string, () => Promise<unknown>, RegExp]>([
    [
      'an e-mail that is none',
      () => person({ email: 'bob at acme' }),
      /^Twenty can not have a person with the e-mail "bob at acme": .* Give one such as/,
    ],
    [
      'the id of a company that is none',
      () => person({ companyId: 'Acme' }),
      /^Twenty has no record with the id "Acme" \(companyId\): .* Take it from/,
    ],
    [
      'a company that there is not',
      () => person({ company: 'Initech' }),
      /^Twenty has no company called "Initech"\. Create it first/,
    ],
    [
      'a custom field that there is not',
      () => person({ customFields: { shoeSize: 44 } }),
      /^Twenty has no field "shoeSize" for the object person in this workspace\. It has customerNumber, .* have an admin add it/,
    ],
    [
      'a custom field that has an input of its own',
      () => opportunity({ customFields: { stage: 'WON' } }),
      /^The field "stage" of Twenty's object opportunity is none for customFields/,
    ],
    [
      'an address for a domain',
      () => company({ domain: 'https://initech.example/shop' }),
      /^Twenty can not have a company with the domain "https:.* without https:\/\//,
    ],
    [
      'the domain of a deleted company',
      () => {
        const deletedAt = '2026-01-01T00:00:00.000Z';
        twenty.addCompany('Old', 'https://initech.example', { deletedAt });
        return company({ domain: 'initech.example' });
      },
      /^Twenty could not create the company Initech: a deleted company has the domain initech\.example\. Ask an admin/,
    ],
    [
      'a stage that the workspace does not have',
      () => opportunity({ stage: 'active' }),
      /^Twenty has no stage "active" in this workspace\. It has NEW, PROPOSAL, WON\. Choose one/,
    ],
    [
      'a negative amount',
      () => opportunity({ amount: -1 }),
      /^Twenty can not keep the amount -1: give one from 0 to/,
    ],
    [
      'an amount that can not be kept exactly',
      () => opportunity({ amount: 1e12 }),
      /^Twenty can not keep the amount 1000000000000: give one/,
    ],
    [
      'a currency that there is not',
      () => opportunity({ currency: 'EUX' }),
      /^Twenty knows no currency "EUX"\. Give an ISO 4217 code/,
    ],
    [
      'a date in words',
      () => opportunity({ closeDate: 'soon' }),
      /^Twenty can not take "soon" as closeDate: give a date/,
    ],
    [
      'a date that the calendar does not have',
      () => opportunity({ closeDate: '2030-02-30' }),
      /^Twenty can not take "2030-02-30" as closeDate: give a date/,
    ],
    [
      'a contact that there is not',
      () => opportunity({ pointOfContactId: nobody }),
      /^Twenty could not create the opportunity Orbit: there is no person with the id .* \(pointOfContactId\)\. Create it first/,
    ],
    [
      'a record with a field that there is not',
      () => upsert({ ...email('bob@acme.example'), shoeSize: 44 }),
      /^Twenty has no field "shoeSize" for the object person/,
    ],
    [
      'a record with an e-mail that is none',
      () => upsert(email('bob at acme')),
      /^Twenty can not have a person with the e-mail "bob at acme"/,
    ],
    [
      'two records that are one to Twenty',
      () => upsert(email('bob@acme.example'), email('BOB@acme.example')),
      /^Record 2 and record 1 are the same person to Twenty \(bob@acme\.example\)\. Leave one of them out/,
    ],
    [
      'the id of a record that is none',
      () =>
        runAction(createDeleteRecordAction(options), {
          object: 'person',
          id: '7',
        }),
      /^Twenty has no record with the id "7" \(id\)/,
    ],
  ])('is told with a next step: %s', async (_what, run, message) => {
    await expect(run()).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(message),
    });
    expect(twenty.people).toEqual([]);
    expect(twenty.opportunities).toEqual([]);
  });

  it.each([
    [
      'an expired key',
      {
        status: 200,
        body: '{"errors":[{"message":"Token invalid.","extensions":{"code":"UNAUTHENTICATED"}}]}',
      },
      'unauthorized',
      /Twenty could not look up the person with the e-mail bob@acme\.example: Token invalid/,
    ],
    [
      'a key that may too little',
      {
        status: 200,
        body: '{"errors":[{"message":"No permission.","extensions":{"code":"FORBIDDEN"}}]}',
      },
      'forbidden',
      /Twenty could not look up the person with the e-mail bob@acme\.example: No permission/,
    ],
    [
      'a wrong address that answers with a page',
      { status: 200, body: '<!doctype html><title>Welcome</title>' },
      'unexpected-response',
      /Twenty could not look up the person with the e-mail bob@acme\.example: .*<!doctype html>/,
    ],
    [
      'an address that leads elsewhere',
      {
        status: 302,
        body: '',
        headers: { location: 'https://crm.example.com/' },
      },
      'unexpected-response',
      /redirects to https:\/\/crm\.example\.com\/\. Use that address/,
    ],
    [
      'a limit that is reached',
      { status: 429, body: '', headers: { 'retry-after': '60' } },
      'rate-limited',
      /Twenty could not look up the person with the e-mail bob@acme\.example/,
    ],
  ])(
    'of the configuration names service and object: %s',
    async (_what, broken, kind, message) => {
      twenty.broken = broken;
      const error = await person({}).catch(failure => failure);
      expect(error).toMatchObject({
        kind,
        message: expect.stringMatching(message),
      });
      expect(error.message).not.toContain('key-of-the-workspace');
    },
  );

  it('after which records were made is told together with them', async () => {
    const many = Array.from({ length: 61 }, (_, index) =>
      email(`p${index}@acme.example`),
    );
    twenty.before = {
      operation: 'UpsertManyPerson',
      act: () => {
        twenty.before = {
          operation: 'UpsertManyPerson',
          act: () => {
            twenty.broken = { status: 500, body: '{}' };
          },
        };
      },
    };
    await expect(upsert(many[0], ...many.slice(1))).rejects.toThrow(
      /^twenty:upsert could not be finished: 60 of 61 records of the kind person are in Twenty as given \(.*\), and the next try goes on from them; caused by ServiceError: Twenty could not/,
    );
  });
});
