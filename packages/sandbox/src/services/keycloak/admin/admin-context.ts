import express from 'express';
import { AdminAction, adminEvent, EventAuthor } from '../events/event';
import { WebhookSender } from '../events/webhook-sender';
import { Realm } from '../model/realm';
import { Artifacts } from '../oidc/artifacts';

/** What the Admin API works with. */
export interface AdminContext {
  realm: Realm;
  artifacts: Artifacts;
  sender: WebhookSender;
}

/** Tells the webhooks what a request has done. */
export function record(
  { realm, sender }: AdminContext,
  response: express.Response,
  action: Omit<AdminAction, 'author'>,
): void {
  const author: EventAuthor = response.locals.author;
  sender.publish(adminEvent(realm, { ...action, author }));
}

/** 201 with the address of what was made, below the address of the request. */
export function created(
  request: express.Request,
  response: express.Response,
  id: string,
): void {
  const path = `${request.baseUrl}${request.path}`.replace(/\/$/, '');
  const origin = `${request.protocol}://${request.get('Host')}`;
  response.status(201).location(`${origin}${path}/${id}`).end();
}
