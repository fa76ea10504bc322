import { OpportunityRow, STAGES, Twenty } from '../../model';
import { badInput } from '../errors';
import { ObjectDefinition } from './RecordApi';
import { companyOf, relatedId } from './relations';

interface Input {
  name?: string | null;
  amount?: Partial<OpportunityRow['amount']>;
  closeDate?: string | null;
  stage?: OpportunityRow['stage'] | null;
  pointOfContactId?: string | null;
}

/** Opportunities (`compute-opportunity-standard-flat-field-metadata.util.ts`). */
export function opportunityObject(
  twenty: Twenty,
): ObjectDefinition<OpportunityRow> {
  return {
    single: 'opportunity',
    plural: 'opportunities',
    fields: [
      'name',
      'amount',
      'closeDate',
      'stage',
      'companyId',
      'company',
      'pointOfContactId',
    ],
    rows: twenty.opportunities,
    build: (data, before) => {
      const { name, amount, closeDate, stage, pointOfContactId } =
        data as Input;
      // GraphQL has checked it against the enum already; REST has not.
      if (stage && !STAGES.includes(stage)) {
        throw badInput(`Invalid value "${stage}" for field "stage"`, {
          subCode: 'INVALID_ARGS_DATA',
        });
      }
      return {
        name: name ?? before?.name ?? '',
        amount: {
          amountMicros: null,
          currencyCode: '',
          ...before?.amount,
          ...amount,
        },
        closeDate:
          closeDate === undefined ? before?.closeDate ?? null : closeDate,
        stage: stage ?? before?.stage ?? 'NEW',
        companyId: companyOf(twenty, 'opportunity', data, before?.companyId),
        pointOfContactId: relatedId(
          twenty.people,
          'opportunity',
          pointOfContactId,
          before?.pointOfContactId,
        ),
      };
    },
  };
}
