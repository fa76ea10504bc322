import { RecordRow, Twenty } from '../../model';
import { companyObject } from './company';
import { opportunityObject } from './opportunity';
import { personObject } from './person';
import { ObjectDefinition, RecordApi } from './RecordApi';

export { RecordApi, type Data } from './RecordApi';

/** The objects of the workspace, whose operations count against its rate limit. */
export function createRecordApis(twenty: Twenty, limit: () => void) {
  const api = <T extends RecordRow>(definition: ObjectDefinition<T>) =>
    new RecordApi(definition, limit);
  return {
    people: api(personObject(twenty)),
    companies: api(companyObject(twenty)),
    opportunities: api(opportunityObject(twenty)),
  };
}

/** Result of {@link createRecordApis}. */
export type RecordApis = ReturnType<typeof createRecordApis>;
