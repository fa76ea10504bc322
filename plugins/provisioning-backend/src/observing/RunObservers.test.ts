import { mockServices } from '@backstage/backend-test-utils';
import { eventually } from '../__testUtils__/eventually';
import { RunChange } from './RunChange';
import { RunObservers } from './RunObservers';

const received: RunChange = {
  type: 'delivery.received',
  source: 'keycloak',
  state: 'stored',
};

describe('RunObservers', () => {
  it('tells everybody, whoever fails', async () => {
    const logger = mockServices.logger.mock();
    const observers = new RunObservers(logger);
    const told: RunChange[] = [];
    observers.add({
      changed() {
        throw new Error('at once');
      },
    });
    observers.add({
      async changed() {
        throw new Error('later');
      },
    });
    observers.add({
      changed(change) {
        told.push(change);
      },
    });
    observers.tell(received);
    expect(told).toEqual([received]);
    await eventually(async () => logger.warn.mock.calls.length === 2);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('delivery.received'),
      expect.objectContaining({ message: 'later' }),
    );
  });
});
