import { PersonRow, Twenty } from '../../model';
import { withLowerCaseEmail, withTidyUrl } from '../normalise';
import { ObjectDefinition } from './RecordApi';
import { companyOf } from './relations';

type Input = {
  [K in 'name' | 'emails' | 'phones' | 'linkedinLink']?: Partial<PersonRow[K]>;
} & { jobTitle?: string | null };

/** People (`compute-person-standard-flat-field-metadata.util.ts`). */
export function personObject(twenty: Twenty): ObjectDefinition<PersonRow> {
  return {
    single: 'person',
    plural: 'people',
    fields: [
      'name',
      'emails',
      'phones',
      'linkedinLink',
      'jobTitle',
      'companyId',
      'company',
    ],
    rows: twenty.people,
    unique: {
      label: 'Emails',
      holder: data => {
        const email = withLowerCaseEmail((data as Input).emails)?.primaryEmail;
        return email
          ? twenty.people.find('emailsPrimaryEmail', email)
          : undefined;
      },
    },
    build: (data, before) => {
      const { name, emails, phones, linkedinLink, jobTitle } = data as Input;
      return {
        name: { firstName: '', lastName: '', ...before?.name, ...name },
        emails: {
          primaryEmail: '',
          additionalEmails: [],
          ...before?.emails,
          ...withLowerCaseEmail(emails),
        },
        phones: {
          primaryPhoneNumber: '',
          primaryPhoneCountryCode: '',
          primaryPhoneCallingCode: '',
          ...before?.phones,
          ...phones,
        },
        linkedinLink: {
          primaryLinkUrl: '',
          primaryLinkLabel: '',
          ...before?.linkedinLink,
          ...withTidyUrl(linkedinLink),
        },
        jobTitle: jobTitle ?? before?.jobTitle ?? '',
        companyId: companyOf(twenty, 'person', data, before?.companyId),
      };
    },
  };
}
