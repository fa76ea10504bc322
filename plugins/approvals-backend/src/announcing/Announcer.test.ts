import { mockServices } from '@backstage/backend-test-utils';
import { StoredRequest } from '../database/StoredRequest';
import { Announcer } from './Announcer';

const request = {
  id: '1',
  title: 'GPUs',
  reason: 'An experiment',
  requester: 'user:default/bob',
  approvers: [{ ref: 'user:default/alice', named: false }],
} as Partial<StoredRequest> as StoredRequest;

describe('Announcer', () => {
  it('goes on where there are neither notifications nor signals', async () => {
    const logger = mockServices.logger.mock();
    const absent = async () => {
      throw new Error('no such plugin');
    };
    const announcer = new Announcer({
      notifications: { send: absent },
      signals: { publish: absent },
      logger,
    });
    await announcer.asked(request);
    expect(logger.warn).toHaveBeenCalledTimes(2);
  });

  it('tells the browsers of everybody concerned', async () => {
    const publish = jest.fn(async () => undefined);
    const announcer = new Announcer({
      notifications: { send: async () => undefined },
      signals: { publish },
      logger: mockServices.logger.mock(),
    });
    await announcer.changed(request);
    expect(publish).toHaveBeenCalledWith({
      recipients: {
        type: 'user',
        entityRef: ['user:default/bob', 'user:default/alice'],
      },
      channel: 'approvals:requests',
      message: { requestId: '1' },
    });
  });
});
