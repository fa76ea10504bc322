import { CompanyRow, Twenty } from '../../model';
import { withTidyUrl } from '../normalise';
import { ObjectDefinition } from './RecordApi';

interface Input {
  name?: string | null;
  domainName?: Partial<CompanyRow['domainName']>;
}

/** Companies (`compute-company-standard-flat-field-metadata.util.ts`). */
export function companyObject(twenty: Twenty): ObjectDefinition<CompanyRow> {
  return {
    single: 'company',
    plural: 'companies',
    fields: ['name', 'domainName'],
    rows: twenty.companies,
    unique: {
      label: 'Domain Name',
      holder: data => {
        const url = withTidyUrl((data as Input).domainName)?.primaryLinkUrl;
        return url
          ? twenty.companies.find('domainNamePrimaryLinkUrl', url.toLowerCase())
          : undefined;
      },
    },
    build: (data, before) => {
      const { name, domainName } = data as Input;
      return {
        name: name ?? before?.name ?? '',
        domainName: {
          primaryLinkUrl: '',
          primaryLinkLabel: '',
          ...before?.domainName,
          ...withTidyUrl(domainName),
        },
      };
    },
  };
}
