const everybody = { view: ['admin', 'user'], edit: ['admin', 'user'] };

const name = {
  length: { max: 255 },
  'person-name-prohibited-characters': {},
};

/**
 * A new realm's user profile (UPConfig) and the number that Mattermost's GitLab
 * log-in needs: attributes that no profile names are dropped.
 */
export const userProfile = {
  attributes: [
    {
      name: 'username',
      displayName: '${username}',
      permissions: everybody,
      validations: {
        length: { min: 3, max: 255 },
        'username-prohibited-characters': {},
        'up-username-not-idn-homograph': {},
      },
    },
    {
      name: 'email',
      displayName: '${email}',
      required: { roles: ['user'] },
      permissions: everybody,
      validations: { email: {}, length: { max: 255 } },
    },
    {
      name: 'firstName',
      displayName: '${firstName}',
      required: { roles: ['user'] },
      permissions: everybody,
      validations: name,
    },
    {
      name: 'lastName',
      displayName: '${lastName}',
      required: { roles: ['user'] },
      permissions: everybody,
      validations: name,
    },
    {
      name: 'mattermostId',
      displayName: 'Number for Mattermost',
      permissions: { view: ['admin'], edit: ['admin'] },
      validations: { integer: { min: 1 } },
    },
  ],
};
