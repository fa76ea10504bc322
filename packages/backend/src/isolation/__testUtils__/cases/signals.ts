import { eventually } from '../eventually';
import { Listener } from '../Listener';
import { Stage } from '../stage';

/** Sockets of others hear nothing of what happens at Acme. */
export async function sendsSignalsToTheirPeopleOnly({
  callers,
  portal,
  things,
  tokens,
}: Stage) {
  const listen = (token?: string) => Listener.start(portal.url, token);
  const bob = await listen(tokens.bob);
  const others = {
    hugo: await listen(tokens.hugo),
    gina: await listen(tokens.gina),
    'signed out': await listen(),
  };
  await callers.bob.json(
    'POST',
    `/api/approvals/requests/${things.approval}/cancel`,
    { reason: 'Not needed any more' },
  );
  await eventually('bob hears of it', async () =>
    bob.heard.some(message => message.includes(things.approval)),
  );
  await bob.stop();
  const { approval } = things;
  const isOfOthers = (name: string) => (message: string) =>
    name === 'signed out' ||
    message.includes(approval) ||
    // Their own tasks may have ended meanwhile.
    !message.includes('"channel":"notifications"');
  for (const [name, listener] of Object.entries(others)) {
    const heard = await listener.stop();
    expect({ name, leaks: heard.filter(isOfOthers(name)) }).toEqual({
      name,
      leaks: [],
    });
  }
}
