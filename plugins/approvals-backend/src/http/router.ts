import { AuditorService } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import {
  ApprovalDetails,
  approvalDetailsSchema,
  approvalSchema,
  approvalsQuerySchema,
  approvalsRequestsCancelPermission,
  approvalsRequestsReadPermission,
  cancelRequestSchema,
  decideRequestSchema,
  delegateRequestSchema,
  requireApprovalSchema,
} from '@formulary/plugin-approvals-common';
import express, { Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { ApprovalsDatabase } from '../database/ApprovalsDatabase';
import { StoredRequest } from '../database/StoredRequest';
import { Decisions, isApprover } from '../Decisions';
import { Gate } from '../Gate';
import { Membership } from '../people/Directory';
import { Access, Caller } from './Access';
import { audited } from './audited';
import { validate } from './validate';

/** Events of a request that are shown. */
const HISTORY_LIMIT = 200;

/** What the REST API is made of. */
export interface RouterOptions {
  access: Access;
  auditor: AuditorService;
  database: ApprovalsDatabase;
  gate: Gate;
  decisions: Decisions;
}

/** A request with who looks at it. */
interface InSight {
  request: StoredRequest;
  caller: Caller;
  person: Membership;
}

/** The REST API that `src/schema/openapi.yaml` describes. */
export function createRouter(options: RouterOptions): express.Router {
  const { access, auditor, database, gate, decisions } = options;
  const router = Router();
  router.use(express.json({ limit: '256kb' }));

  router.get('/requests', async (request, response) => {
    const caller = await access.user(request);
    const { view, state, ...page } = validate(
      approvalsQuerySchema,
      request.query,
    );
    if (
      view === 'all' &&
      !(await access.may(caller, approvalsRequestsReadPermission))
    ) {
      throw new NotAllowedError(
        `You may not list the requests of everybody. Whoever does needs the permission ${approvalsRequestsReadPermission.name}`,
      );
    }
    const { items, totalItems } = await database.requests.list(
      {
        state,
        ...(view === 'mine' ? { requester: caller.userRef } : {}),
        ...(view === 'decide'
          ? { decider: await access.membershipOf(caller) }
          : {}),
      },
      page,
    );
    response.json({
      // Leaves out what is not listed.
      items: items.map(item => approvalSchema.parse(item)),
      totalItems,
    });
  });

  router.post('/requests', async (request, response) => {
    const caller = await access.taskUser(request);
    const asked = validate(requireApprovalSchema, request.body);
    const answer = await audit(
      request,
      'approval-require',
      { taskId: asked.taskId, stepId: asked.stepId },
      () => gate.require(caller.userRef, asked, caller.credentials),
    );
    response.json(answer);
  });

  router.get('/requests/:id', async (request, response) => {
    response.json(await details(await visible(request, access.user(request))));
  });

  router.post('/requests/:id/decide', async (request, response) => {
    const seen = await visible(request, access.person(request));
    const decision = validate(decideRequestSchema, request.body);
    await audit(
      request,
      'approval-decide',
      { requestId: seen.request.id, decision: decision.decision },
      () => decisions.decide(seen.request, seen.person, decision),
    );
    response.json(await details(await again(seen)));
  });

  router.post('/requests/:id/cancel', async (request, response) => {
    const seen = await visible(request, access.person(request));
    const { reason } = validate(cancelRequestSchema, request.body ?? {});
    if (!(await mayCancel(seen))) {
      throw new NotAllowedError('You may cancel your own requests only');
    }
    await audit(
      request,
      'approval-cancel',
      { requestId: seen.request.id },
      () => decisions.cancel(seen.request, seen.caller.userRef, reason),
    );
    response.json(await details(await again(seen)));
  });

  router.post('/requests/:id/delegate', async (request, response) => {
    const seen = await visible(request, access.person(request));
    const to = validate(delegateRequestSchema, request.body);
    await audit(
      request,
      'approval-delegate',
      { requestId: seen.request.id, to: to.userRef },
      () =>
        decisions.delegate(seen.request, seen.person, {
          ...to,
          userRef: to.userRef.toLocaleLowerCase('en-US'),
        }),
    );
    response.json(await details(await again(seen)));
  });

  return router;

  function audit<T>(
    request: Request,
    eventId: string,
    meta: JsonObject,
    work: () => Promise<T>,
  ): Promise<T> {
    return audited(auditor, { eventId, request, meta }, work);
  }

  /** A request that the caller may see; the others are not told from those that do not exist. */
  async function visible(
    request: Request,
    calling: Promise<Caller>,
  ): Promise<InSight> {
    const caller = await calling;
    const { id } = request.params;
    const found = z.uuid().safeParse(id).success
      ? await database.requests.find(id)
      : undefined;
    const person = await access.membershipOf(caller);
    if (
      !found ||
      !(
        found.requester === caller.userRef ||
        isApprover(found, person) ||
        (await access.may(caller, approvalsRequestsReadPermission))
      )
    ) {
      throw new NotFoundError(`There is no request ${id}`);
    }
    return { request: found, caller, person };
  }

  async function again(seen: InSight): Promise<InSight> {
    return { ...seen, request: await database.requests.get(seen.request.id) };
  }

  async function mayCancel({ request, caller }: InSight): Promise<boolean> {
    return (
      request.requester === caller.userRef ||
      access.may(caller, approvalsRequestsCancelPermission)
    );
  }

  async function details(seen: InSight): Promise<ApprovalDetails> {
    const { request, caller, person } = seen;
    const pending = request.state === 'pending';
    const decide = pending && isApprover(request, person);
    const approved = request.state === 'approved';
    return approvalDetailsSchema.parse({
      ...request,
      previous: request.previousId && {
        id: request.previousId,
        differences: request.differences,
      },
      history: await database.events.listOf(request.id, HISTORY_LIMIT),
      may: {
        decide,
        delegate: decide && request.delegation,
        cancel: (pending || approved) && (await mayCancel(seen)),
        start: approved && request.requester === caller.userRef,
      },
    });
  }
}
