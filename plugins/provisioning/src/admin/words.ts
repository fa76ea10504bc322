import type {
  Account,
  BulkLineState,
  BulkVerdict,
  Drift,
  PersonLifecycle,
  Reconciliation,
  Run,
  RunKind,
  RunSource,
  Step,
  WebhookDelivery,
} from '@formulary/plugin-provisioning-common';
import type { Look } from './StateText';

type Said = { look: Look; words: string };

/** What a run does. */
export const RUN_KINDS: Record<RunKind, string> = {
  onboard: 'Prepare',
  suspend: 'Suspend',
  restore: 'Restore',
  remove: 'Remove',
  rollback: 'Roll back',
};

/** Where a run came from. */
export const RUN_SOURCES: Record<RunSource, string> = {
  webhook: 'Webhook',
  self: 'The person',
  admin: 'Administrator',
  action: 'Formula',
  retention: 'Retention',
};

export const RUN_STATES: Record<Run['state'], Said> = {
  running: { look: 'working', words: 'Under way' },
  succeeded: { look: 'good', words: 'Succeeded' },
  failed: { look: 'bad', words: 'Failed' },
  cancelled: { look: 'ended', words: 'Cancelled' },
};

export const STEP_STATES: Record<Step['state'], Said> = {
  pending: { look: 'waiting', words: 'To be done' },
  running: { look: 'working', words: 'Under way' },
  waiting: { look: 'waiting', words: 'Waiting' },
  succeeded: { look: 'good', words: 'Done' },
  failed: { look: 'bad', words: 'Failed' },
  cancelled: { look: 'ended', words: 'Cancelled' },
};

export const OUTCOMES: Record<NonNullable<Step['outcome']>, string> = {
  created: 'Account created',
  adopted: 'Account that was there is used',
  updated: 'Account brought up to date',
  unchanged: 'Nothing to do',
  suspended: 'Account suspended',
  restored: 'Account restored',
  removed: 'Account removed',
};

export const PERSON_STATES: Record<PersonLifecycle['state'], Said> = {
  active: { look: 'good', words: 'Active' },
  suspended: { look: 'paused', words: 'Suspended' },
  removed: { look: 'ended', words: 'Removed' },
};

export const ACCOUNT_STATES: Record<Account['state'], Said> = {
  pending: { look: 'working', words: 'Being prepared' },
  active: { look: 'good', words: 'Ready' },
  failed: { look: 'bad', words: 'Failed' },
  suspended: { look: 'paused', words: 'Suspended' },
  removed: { look: 'ended', words: 'Removed' },
};

export const DELIVERY_STATES: Record<WebhookDelivery['state'], Said> = {
  stored: { look: 'working', words: 'Waiting' },
  processed: { look: 'good', words: 'Processed' },
  ignored: { look: 'ended', words: 'Ignored' },
  failed: { look: 'bad', words: 'Failed' },
};

export const BULK_VERDICTS: Record<BulkVerdict, Said> = {
  onboard: { look: 'good', words: 'Prepare' },
  update: { look: 'good', words: 'Bring up to date' },
  suspend: { look: 'waiting', words: 'Suspend' },
  restore: { look: 'good', words: 'Restore' },
  remove: { look: 'waiting', words: 'Remove' },
  unchanged: { look: 'ended', words: 'Nothing to do' },
  suspended: { look: 'paused', words: 'Suspended' },
  refused: { look: 'bad', words: 'Not possible' },
};

export const BULK_LINE_STATES: Record<BulkLineState, Said> = {
  ...RUN_STATES,
  waiting: { look: 'waiting', words: 'Waiting' },
  unchanged: { look: 'ended', words: 'Nothing to do' },
  suspended: { look: 'paused', words: 'Suspended' },
  refused: { look: 'bad', words: 'Not possible' },
};

/** How an account differs from what it should be. */
export const DRIFT_KINDS: Record<Drift['kind'], string> = {
  missing: 'Missing',
  renamed: 'Renamed',
  changed: 'Changed by hand',
  'wrong-link': 'Wrongly linked',
  suspended: 'Suspended by hand',
  'still-active': 'Still active',
  orphaned: 'Nobody’s',
  duplicate: 'Second account',
};

/** What mends a drift. */
export const DRIFT_MENDS: Record<Drift['mend'], string> = {
  prepare: 'Bring up to date',
  suspend: 'Suspend again',
  block: 'Block it, one by one',
  administrator: 'By hand, in the service',
};

export const DRIFT_STATES: Record<Drift['state'], Said> = {
  open: { look: 'waiting', words: 'Found' },
  chosen: { look: 'working', words: 'Being mended' },
  applied: { look: 'good', words: 'Run begun' },
  skipped: { look: 'ended', words: 'Skipped' },
  failed: { look: 'bad', words: 'Failed' },
};

export const RECONCILIATION_STATES: Record<Reconciliation['state'], Said> = {
  running: { look: 'working', words: 'Comparing' },
  succeeded: { look: 'good', words: 'Done' },
  cancelled: { look: 'ended', words: 'Cancelled' },
};

/** What was recorded, with people called as they call each other. */
export function withShortNames(message: string): string {
  return message.replace(/\buser:default\//g, '');
}

/** A user's ref, or another caller's name, as people say it. */
export function shortName(ref: string): string {
  return ref.replace(/^user:(default\/)?/, '');
}

/** What becomes of accounts in grave operations, for whoever is about to begin one. */
export const CONSEQUENCES = {
  suspend:
    'Log-ins are blocked and workspaces stopped in every service. Nothing is deleted, and it can be undone.',
  remove:
    'Accounts and workspaces are deleted in every service. This cannot be undone.',
};
