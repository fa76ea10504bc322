import { LoggerService } from '@backstage/backend-plugin-api';
import {
  NotificationSendOptions,
  NotificationService,
} from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import {
  APPROVALS_CHANNEL,
  ApprovalSignal,
  ApprovalState,
} from '@formulary/plugin-approvals-common';
import { StoredRequest } from '../database/StoredRequest';

/**
 * Tells people through Backstage's notifications and signals. What cannot be
 * told is logged: the request is there all the same, and reminders follow.
 */
export class Announcer {
  constructor(
    private readonly options: {
      notifications: NotificationService;
      signals: SignalsService;
      logger: LoggerService;
    },
  ) {}

  /** Those who may decide are told that somebody waits for them. */
  async asked(request: StoredRequest): Promise<void> {
    await this.tellApprovers(request, 'asks for an approval');
  }

  /** Those who may decide are told again. */
  async reminded(request: StoredRequest): Promise<void> {
    await this.tellApprovers(request, 'still waits for an approval');
  }

  /** Whom a request was handed to is told. */
  async delegated(request: StoredRequest, userRef: string): Promise<void> {
    await this.tellApprovers(request, 'asks for an approval', [userRef]);
  }

  /** The requester is told of the decision. */
  async decided(request: StoredRequest): Promise<void> {
    const approved = request.state === 'approved';
    await this.tellRequester(request, {
      title: `${approved ? 'Approved' : 'Rejected'}: ${request.title}`,
      description: approved
        ? 'You can start it now'
        : `${request.decidedBy}: ${request.decisionReason}`,
    });
  }

  /** The requester is told that the time ran out. */
  async expired(request: StoredRequest, was: ApprovalState): Promise<void> {
    await this.tellRequester(request, {
      title: `Expired: ${request.title}`,
      description:
        was === 'approved'
          ? 'It was approved but not started in time. Start over to ask again'
          : 'Nobody decided in time. Start over to ask again',
    });
  }

  /** Browsers are told that a request has changed. */
  async changed(request: StoredRequest): Promise<void> {
    await this.tried(request, 'Browsers were not told', () =>
      this.options.signals.publish<ApprovalSignal>({
        recipients: {
          type: 'user',
          entityRef: [
            request.requester,
            ...request.approvers.map(({ ref }) => ref),
          ],
        },
        channel: APPROVALS_CHANNEL,
        message: { requestId: request.id },
      }),
    );
  }

  private async tellApprovers(
    request: StoredRequest,
    what: string,
    refs = request.approvers.map(({ ref }) => ref),
  ): Promise<void> {
    await this.tell(request, {
      recipients: {
        type: 'entity',
        entityRef: refs,
        excludeEntityRef: request.requester,
      },
      payload: {
        title: `${request.requester} ${what}`,
        description: `${request.title}: ${request.reason}`,
        link: `/approvals/to-decide/${request.id}`,
        severity: 'normal',
        topic: 'approvals',
        // One notification of a request for everybody, however often it is told.
        scope: `approvals:decide:${request.id}`,
      },
    });
  }

  private async tellRequester(
    request: StoredRequest,
    words: { title: string; description: string },
  ): Promise<void> {
    await this.tell(request, {
      recipients: { type: 'entity', entityRef: request.requester },
      payload: {
        ...words,
        link: `/approvals/mine/${request.id}`,
        severity: 'normal',
        topic: 'approvals',
        scope: `approvals:mine:${request.id}`,
      },
    });
  }

  private async tell(
    request: StoredRequest,
    notification: NotificationSendOptions,
  ): Promise<void> {
    await this.changed(request);
    await this.tried(
      request,
      `Nobody was notified: "${notification.payload.title}"`,
      () => this.options.notifications.send(notification),
    );
  }

  private async tried(
    { id }: StoredRequest,
    failure: string,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.options.logger.warn(
        `Request ${id}: ${failure}`,
        error instanceof Error ? error : { reason: String(error) },
      );
    }
  }
}
