import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import { ApprovalState } from '@formulary/plugin-approvals-common';
import { Announcer } from './announcing/Announcer';
import { ApprovalsDatabase, Stores } from './database/ApprovalsDatabase';
import { NewEvent } from './database/EventStore';
import { StoredRequest } from './database/StoredRequest';
import { Directory, Membership } from './people/Directory';

const WORDS: Record<ApprovalState, string> = {
  pending: 'is pending',
  approved: 'was approved',
  rejected: 'was rejected',
  expired: 'has expired',
  cancelled: 'was cancelled',
  used: 'was used',
};

/** Whether somebody may decide a request, by the rule and who they are. */
export function isApprover(
  request: StoredRequest,
  person: Membership,
): boolean {
  return (
    person.userRef !== request.requester &&
    request.approvers.some(
      ({ ref, named }) =>
        person.refs.has(ref) &&
        (named || person.organisations.includes(request.organisation)),
    )
  );
}

/** What people do with requests. Whether they may see them is decided before. */
export class Decisions {
  constructor(
    private readonly options: {
      database: ApprovalsDatabase;
      directory: Directory;
      announcer: Announcer;
    },
  ) {}

  /**
   * Approves or rejects; of several decisions the first one wins.
   *
   * @throws NotAllowedError when it is not theirs to decide
   * @throws ConflictError when it was decided already, or has run out
   */
  async decide(
    request: StoredRequest,
    person: Membership,
    { decision, reason }: { decision: 'approve' | 'reject'; reason: string },
  ): Promise<void> {
    this.demandApprover(request, person);
    const to = decision === 'approve' ? 'approved' : 'rejected';
    await this.change(
      request.id,
      {
        requestId: request.id,
        type: `request.${to}`,
        actor: person.userRef,
        message: reason,
      },
      stores =>
        stores.requests.decide(request.id, {
          to,
          by: person.userRef,
          reason,
        }),
    );
    await this.options.announcer.decided(
      await this.options.database.requests.get(request.id),
    );
  }

  /**
   * Takes a request back.
   *
   * @throws ConflictError when it is over already
   */
  async cancel(
    request: StoredRequest,
    actor: string,
    reason?: string,
  ): Promise<void> {
    await this.change(
      request.id,
      {
        requestId: request.id,
        type: 'request.cancelled',
        actor,
        message: reason ?? 'Cancelled',
      },
      stores =>
        stores.requests.change(request.id, {
          from: ['pending', 'approved'],
          to: 'cancelled',
        }),
    );
    await this.options.announcer.changed(request);
  }

  /**
   * Lets somebody else of the requester's organisation decide as well.
   *
   * @throws InputError when it cannot be them
   * @throws ConflictError when the request is not pending any more
   */
  async delegate(
    request: StoredRequest,
    person: Membership,
    to: { userRef: string; reason: string },
  ): Promise<void> {
    this.demandApprover(request, person);
    if (!request.delegation) {
      throw new NotAllowedError(
        `The rule "${request.rule}" does not allow to hand a request on`,
      );
    }
    const delegate = await this.options.directory.membershipOf(to.userRef);
    // One answer for both, so that nobody learns who is in another organisation.
    if (!delegate?.organisations.includes(request.organisation)) {
      throw new InputError(
        `There is no ${to.userRef} in ${request.organisation}. Hand it to somebody of the organisation of ${request.requester}`,
      );
    }
    if (delegate.userRef === request.requester) {
      throw new InputError('Nobody approves what they asked for themselves');
    }
    if (isApprover(request, delegate)) {
      throw new InputError(`${delegate.userRef} may decide it already`);
    }
    await this.change(
      request.id,
      {
        requestId: request.id,
        type: 'request.delegated',
        actor: person.userRef,
        message: `Handed to ${delegate.userRef}: ${to.reason}`,
      },
      async stores =>
        // Changes nothing but fails when it was decided meanwhile.
        (await stores.requests.change(request.id, {
          from: ['pending'],
          to: 'pending',
        })) &&
        stores.requests.addApprover(request.id, {
          ref: delegate.userRef,
          delegatedBy: person.userRef,
        }),
    );
    await this.options.announcer.delegated(request, delegate.userRef);
  }

  private demandApprover(request: StoredRequest, person: Membership): void {
    if (person.userRef === request.requester) {
      throw new NotAllowedError(
        'Nobody approves what they asked for themselves',
      );
    }
    if (!isApprover(request, person)) {
      throw new NotAllowedError(
        `By the rule "${request.rule}" it is not yours to decide`,
      );
    }
  }

  private async change(
    id: string,
    event: NewEvent,
    work: (stores: Stores) => Promise<boolean>,
  ): Promise<void> {
    const { database } = this.options;
    const done = await database.transaction(async stores => {
      if (!(await work(stores))) return false;
      await stores.events.add(event);
      return true;
    });
    if (done) return;
    const { state, decidedBy } = await database.requests.get(id);
    throw new ConflictError(
      `The request ${WORDS[state]}${
        decidedBy && ['approved', 'rejected'].includes(state)
          ? ` by ${decidedBy}`
          : ''
      } already`,
    );
  }
}
