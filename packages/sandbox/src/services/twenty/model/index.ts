import { randomBytes, randomUUID } from 'node:crypto';
import { Collection, Row, Store } from '../../../core/store';

/** What every record has. */
export interface RecordRow extends Row {
  createdAt: string;
  updatedAt: string;
  /** Set while the record is soft-deleted: hidden, but still in the unique indexes. */
  deletedAt?: string;
}

/** A person of the CRM. */
export interface PersonRow extends RecordRow {
  name: { firstName: string; lastName: string };
  emails: { primaryEmail: string; additionalEmails: string[] };
  phones: {
    primaryPhoneNumber: string;
    primaryPhoneCountryCode: string;
    primaryPhoneCallingCode: string;
  };
  linkedinLink: { primaryLinkUrl: string; primaryLinkLabel: string };
  jobTitle: string;
  companyId: string | null;
}

/** A company of the CRM. */
export interface CompanyRow extends RecordRow {
  name: string;
  domainName: { primaryLinkUrl: string; primaryLinkLabel: string };
}

/** Stages of a new workspace; an admin may change them there. */
export const STAGES = [
  'NEW',
  'SCREENING',
  'MEETING',
  'PROPOSAL',
  'CUSTOMER',
] as const;

/** A deal of the CRM. */
export interface OpportunityRow extends RecordRow {
  name: string;
  amount: { amountMicros: number | null; currencyCode: string };
  closeDate: string | null;
  stage: (typeof STAGES)[number];
  companyId: string | null;
  pointOfContactId: string | null;
}

/** Somebody who can log in: made by the first log-in, never by an API key. */
export interface MemberRow extends Row {
  name: string;
  userEmail: string;
  subject: string;
  /** The name that the identity provider knows them by; absent for those who came before it was kept. */
  username?: string;
}

/** A browser session. */
export interface SessionRow extends Row {
  memberId: string;
  expires: number;
}

const SESSION_MS = 24 * 60 * 60 * 1000;

const lower = (text: string) => text.toLowerCase() || undefined;

/** State of the stand-in: one workspace. */
export class Twenty {
  readonly people: Collection<PersonRow>;
  readonly companies: Collection<CompanyRow>;
  readonly opportunities: Collection<OpportunityRow>;
  readonly members: Collection<MemberRow>;
  readonly sessions: Collection<SessionRow>;

  constructor(store: Store) {
    this.people = store.collection<PersonRow>('people', {
      emailsPrimaryEmail: row => lower(row.emails.primaryEmail),
    });
    this.companies = store.collection<CompanyRow>('companies', {
      domainNamePrimaryLinkUrl: row => lower(row.domainName.primaryLinkUrl),
    });
    this.opportunities = store.collection<OpportunityRow>('opportunities');
    this.members = store.collection<MemberRow>('members', {
      email: row => lower(row.userEmail),
    });
    this.sessions = store.collection<SessionRow>('sessions');
  }

  /** The workspace member of a verified address, made when there is none, as single sign-on does. */
  signIn(person: Omit<MemberRow, 'id'>): SessionRow {
    const known = this.members.find('email', person.userEmail.toLowerCase());
    const member = this.members.put({
      ...person,
      id: known?.id ?? randomUUID(),
    });
    for (const old of this.sessions.filter(
      ({ expires }) => expires < Date.now(),
    )) {
      this.sessions.delete(old.id);
    }
    return this.sessions.put({
      id: randomBytes(24).toString('hex'),
      memberId: member.id,
      expires: Date.now() + SESSION_MS,
    });
  }

  /** The member of a session, while it lasts. */
  member(sessionId: string | undefined): MemberRow | undefined {
    const session = sessionId ? this.sessions.get(sessionId) : undefined;
    return session && session.expires > Date.now()
      ? this.members.get(session.memberId)
      : undefined;
  }
}
