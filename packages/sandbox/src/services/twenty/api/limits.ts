/** Records in one page and in one batch (`packages/twenty-shared/src/constants/QueryMaxRecords.ts`). */
export const QUERY_MAX_RECORDS = 200;
