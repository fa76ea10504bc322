import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** More would not fit into a whole number of millionths. */
const MAX_AMOUNT = Math.floor(Number.MAX_SAFE_INTEGER / 1_000_000);

/** @throws InputError unless it is an e-mail address */
export function requireEmail(email: string): void {
  if (!z.email().safeParse(email).success) {
    throw new InputError(
      `Twenty can not have a person with the e-mail "${email}": that is no e-mail address. Give one such as bob@acme.example`,
    );
  }
}

/** @throws InputError unless it is a domain, without a protocol or path */
export function requireDomain(domain: string): void {
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(domain)) {
    throw new InputError(
      `Twenty can not have a company with the domain "${domain}": that is no domain. Give one such as acme.example, without https:// and without a path`,
    );
  }
}

/** @throws InputError unless it is the id of a record, as Twenty makes them */
export function requireRecordId(field: string, id: string): void {
  if (!z.guid().safeParse(id).success) {
    throw new InputError(
      `Twenty has no record with the id "${id}" (${field}): ids look like 0f0e4c1d-0000-4000-8000-000000000001. Take it from the output of an earlier step, or from the address of the record's page`,
    );
  }
}

/** @throws InputError unless Twenty can keep the amount exactly */
export function requireAmount(amount: number): void {
  if (!(amount >= 0 && amount <= MAX_AMOUNT)) {
    throw new InputError(
      `Twenty can not keep the amount ${amount}: give one from 0 to ${MAX_AMOUNT}, in whole units of the currency`,
    );
  }
}

/** @throws InputError unless it is the code of a currency */
export function requireCurrency(currency: string): void {
  if (!Intl.supportedValuesOf('currency').includes(currency)) {
    throw new InputError(
      `Twenty knows no currency "${currency}". Give an ISO 4217 code in capitals, such as EUR`,
    );
  }
}

/**
 * A date as Twenty takes it.
 *
 * @returns ISO 8601 with the time in UTC
 * @throws InputError unless it is a date of the calendar, with or without a time
 */
export function isoTime(field: string, date: string): string {
  const isDate =
    z.iso.date().safeParse(date).success ||
    z.iso.datetime({ offset: true }).safeParse(date).success;
  if (!isDate) {
    throw new InputError(
      `Twenty can not take "${date}" as ${field}: give a date of the calendar such as 2030-12-31`,
    );
  }
  return new Date(date).toISOString();
}
