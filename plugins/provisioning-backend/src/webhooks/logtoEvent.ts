import { z } from 'zod';
import { EventPurpose } from './PersonEvent';
import type { WebhookSource } from './WebhookSource';

const idSchema = z.string().min(1).max(200);

/** Ids that Logto puts into a list at most; a list so long may be only a part. */
const LIST_LIMIT = 5000;

const idsSchema = z.array(idSchema).max(LIST_LIMIT).nullish();
const userSchema = z.looseObject({
  id: idSchema.nullish(),
  username: z.string().nullish(),
});

/**
 * What Logto sends (`packages/core/src/libraries/hook` of logto-io/logto):
 * events of sign-ins have `userId` and `user`, events of data have `data`, and
 * those made through the Management API also the `params` of the call. A
 * deleted user is in `user` or only in `params`. Before a change of members came
 * with lists, only `organizationId` was sent.
 */
const eventSchema = z.looseObject({
  event: z.string().min(1).max(200),
  createdAt: z.iso.datetime({ offset: true }),
  userId: idSchema.nullish(),
  user: userSchema.nullish(),
  data: z.unknown().optional(),
  params: z.looseObject({ userId: idSchema.nullish() }).nullish(),
  organizationId: idSchema.nullish(),
  addedUserIds: idsSchema,
  removedUserIds: idsSchema,
  addedApplicationIds: idsSchema,
  removedApplicationIds: idsSchema,
});

type LogtoEvent = z.infer<typeof eventSchema>;

const MEMBERSHIP = 'Organization.Membership.Updated';

/** The events that matter, by Logto's `InteractionHookEvent`s and `DataHookEvent`s. */
const PURPOSES: Partial<Record<string, EventPurpose>> = {
  PostRegister: 'joins',
  'User.Created': 'joins',
  'User.Data.Updated': 'changes',
  'User.SuspensionStatus.Updated': 'changes',
  'User.Deleted': 'leaves',
  [MEMBERSHIP]: 'changes',
};

/** Events of Logto's webhooks. */
export const logtoSource: WebhookSource = {
  id: 'logto',
  title: 'Logto',
  signatureHeader: 'logto-signature-sha-256',
  secretHint: 'The signing key of the webhook in Logto',
  read(payload) {
    const event = eventSchema.parse(payload);
    const common = {
      type: event.event,
      purpose: PURPOSES[event.event],
      createdAt: new Date(event.createdAt),
    };
    if (event.event === MEMBERSHIP) return { ...common, ...membersOf(event) };
    const user = event.user ?? userSchema.safeParse(event.data).data;
    const subject = event.userId ?? user?.id ?? event.params?.userId;
    return {
      ...common,
      subjects: subject ? [subject] : [],
      username: user?.username ?? undefined,
    };
  },
};

function membersOf(event: LogtoEvent) {
  const deltas = [
    event.addedUserIds,
    event.removedUserIds,
    event.addedApplicationIds,
    event.removedApplicationIds,
  ];
  const isComplete =
    deltas.some(Boolean) &&
    deltas.every(ids => (ids?.length ?? 0) < LIST_LIMIT);
  return {
    subjects: [
      ...new Set([
        ...(event.addedUserIds ?? []),
        ...(event.removedUserIds ?? []),
      ]),
    ],
    membersOf: isComplete ? undefined : event.organizationId ?? undefined,
  };
}
