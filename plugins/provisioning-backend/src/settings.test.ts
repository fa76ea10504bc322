import { ConfigReader } from '@backstage/config';
import { readAdmins } from './settings';

function adminsOf(admins?: string[]) {
  return readAdmins(
    new ConfigReader({ provisioning: { notifications: { admins } } }),
  );
}

describe('readAdmins', () => {
  it('takes full refs, in lower case as they are compared', () => {
    expect(adminsOf(['User:default/Priya', 'group:default/admins'])).toEqual([
      'user:default/priya',
      'group:default/admins',
    ]);
    expect(adminsOf()).toEqual([]);
  });

  it('says what is wrong with a name that is no ref', () => {
    expect(() => adminsOf(['priya'])).toThrow(
      'provisioning.notifications.admins wants refs of users and groups such as group:default/platform-admins, not "priya"',
    );
  });
});
