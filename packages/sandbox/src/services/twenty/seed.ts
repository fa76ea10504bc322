import { randomUUID } from 'node:crypto';
import { organisations } from '../../core/people';
import { Twenty } from './model';

/** A company for each organisation. */
export function seed(twenty: Twenty): void {
  const now = new Date().toISOString();
  for (const { name, domain } of organisations) {
    const url = `https://${domain}`;
    if (twenty.companies.find('domainNamePrimaryLinkUrl', url)) continue;
    twenty.companies.put({
      id: randomUUID(),
      createdAt: now,
      updatedAt: now,
      name,
      domainName: { primaryLinkUrl: url, primaryLinkLabel: '' },
    });
  }
}
