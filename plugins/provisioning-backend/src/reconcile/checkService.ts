import {
  Account,
  ReconciledService,
} from '@formulary/plugin-provisioning-common';
import { ServiceConnector } from '@formulary/plugin-provisioning-node';
import { NewDrift } from '../database/DriftStore';
import { StoredPerson } from '../database/PersonStore';
import { callConnector } from '../engine/callConnector';
import { checkAccount } from './checkAccount';
import { inParallel } from './inParallel';

/** After so many failures in a row a service is not asked any more for this page. */
const FAILURES_IN_A_ROW = 5;

/** A person and what is stored of their account in the service. */
export interface Subject {
  stored: StoredPerson;
  known: Account | undefined;
  /** Whether the defaults give an account there: otherwise none is missing. */
  isOwed: boolean;
}

/** What a page showed of one service. */
export interface ServicePage extends ReconciledService {
  drifts: NewDrift[];
}

/** Looks at the accounts of a page of persons in one service. What gives no answer is counted, never taken for missing. */
export async function checkService(
  connector: ServiceConnector,
  subjects: Subject[],
  options: { concurrency: number; timeoutMs: number; signal: AbortSignal },
): Promise<ServicePage> {
  const { signal, timeoutMs } = options;
  const { service } = connector;
  const page: ServicePage = {
    service,
    found: 0,
    gone: 0,
    unreadable: 0,
    drifts: [],
  };
  let failures = 0;
  await inParallel(subjects, options.concurrency, async subject => {
    const { stored, known } = subject;
    if (failures >= FAILURES_IN_A_ROW) {
      page.unreadable += 1;
      return;
    }
    try {
      const { present, drift } = await callConnector(
        connector,
        call => checkAccount(stored, known, connector, call),
        { signal, timeoutMs },
      );
      failures = 0;
      if (present) page.found += 1;
      else if (wasThere(subject)) page.gone += 1;
      const isMissed = drift?.kind !== 'missing' || isMissing(subject);
      if (drift && isMissed)
        page.drifts.push({ ...drift, service, personId: stored.id });
    } catch (error) {
      if (signal.aborted) throw error;
      failures += 1;
      page.unreadable += 1;
      page.message = error instanceof Error ? error.message : String(error);
    }
  });
  return page;
}

/** Whether somebody without an account should have one: by the defaults, or because one was made. */
function isMissing({ known, isOwed }: Subject): boolean {
  return (
    isOwed || (known?.externalId !== undefined && known.state !== 'removed')
  );
}

/** Whether somebody who should have an account had one. */
function wasThere({ stored, known }: Subject): boolean {
  return (
    stored.lifecycle.state === 'active' &&
    (known?.state === 'active' || known?.state === 'suspended')
  );
}
