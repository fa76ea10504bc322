import { BulkFileLine, byUserOrEmail } from './readBulkFile';

/** Reads people who were named one by one, as if they were the lines of a file, numbered from 1. */
export function readBulkPersons(persons: string[]): BulkFileLine[] {
  return persons.map((person, index) => ({
    line: index + 1,
    ...byUserOrEmail(person, ''),
    services: [],
  }));
}
