import { NewDelivery } from '../database/DeliveryStore';
import { DeliveryInbox } from './DeliveryInbox';

const delivery = (id: string): NewDelivery => ({
  id,
  source: 'keycloak',
  deliveryId: id,
  type: 'access.REGISTER',
  payload: {},
  state: 'stored',
});

/** A store that knows some deliveries, refuses one called `bad`, and notes what is written together. */
function fakeStore(known: string[] = []) {
  const written: string[][] = [];
  return {
    written,
    async add(deliveries: NewDelivery[]) {
      const ids = deliveries.map(({ id }) => id);
      written.push(ids);
      if (ids.includes('bad')) throw new Error('refused');
      return new Set(ids.filter(id => !known.includes(id)));
    },
  };
}

describe('DeliveryInbox', () => {
  it('writes together what comes while it is writing', async () => {
    const store = fakeStore(['b']);
    const inbox = new DeliveryInbox(store);
    const kept = await Promise.all(
      ['a', 'b', 'c'].map(id => inbox.keep(delivery(id))),
    );
    expect(kept).toEqual([true, false, true]);
    expect(store.written).toEqual([['a'], ['b', 'c']]);
    expect(await inbox.keep(delivery('d'))).toBe(true);
  });

  it('fails the one that cannot be kept, and no other', async () => {
    const inbox = new DeliveryInbox(fakeStore());
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'bad', 'c'].map(id => inbox.keep(delivery(id))),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
  });
});
