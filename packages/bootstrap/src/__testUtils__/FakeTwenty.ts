import express from 'express';
import { HttpFake } from './HttpFake';

/** A new Twenty 2: the mutations of its first run, told apart by the operation's field. */
export class FakeTwenty extends HttpFake {
  user?: { email: string; password: string };
  workspace?: { active: boolean };
  readonly keys: Array<{ id: string; name: string; token?: string }> = [];
  signUpIsOpen = true;
  roleForKeys = true;
  /** Answers the next call for a key's token with an error. */
  failNextKeyToken = false;

  protected isChange(request: express.Request) {
    return /^mutation (?!SignIn\b|Enter\b)/.test(request.body?.query ?? '');
  }

  /** What was changed, by the names of the operations. */
  readonly operations: string[] = [];

  protected routes(app: express.Express) {
    app.post('/metadata', (req, res) => {
      const { query, variables = {} } = req.body;
      const name: string = /^(?:query|mutation) (\w+)/.exec(query)![1];
      if (this.isChange(req)) this.operations.push(name);
      const token = (req.headers.authorization ?? '').replace(/^Bearer /, '');
      const answer = this.answers[name]?.(variables, token);
      if (answer === undefined) {
        res.json(error(`Cannot query ${name}`, 'GRAPHQL_VALIDATION_FAILED'));
      } else res.json(answer);
    });
    app.post('/graphql', (req, res) => {
      const token = (req.headers.authorization ?? '').replace(/^Bearer /, '');
      if (this.keys.some(key => key.token === token)) {
        const totalCount = { totalCount: 0 };
        res.json({ data: { people: totalCount, opportunities: totalCount } });
      } else res.json(error('Token invalid.', 'UNAUTHENTICATED'));
    });
  }

  private session() {
    return {
      tokens: { accessOrWorkspaceAgnosticToken: { token: 'agnostic' } },
      availableWorkspaces: {
        availableWorkspacesForSignIn: this.workspace
          ? [{ id: 'w1', loginToken: 'login' }]
          : [],
      },
    };
  }

  private readonly answers: Record<
    string,
    (variables: Record<string, never>, token: string) => object | undefined
  > = {
    CheckUser: ({ email }) => ({
      data: { checkUserExists: { exists: this.user?.email === email } },
    }),
    SignUp: ({ email, password }) => {
      if (!this.signUpIsOpen) {
        return error('New workspace setup is disabled', 'FORBIDDEN');
      }
      this.user = { email, password };
      return { data: { signUp: this.session() } };
    },
    SignIn: ({ password }) =>
      this.user?.password === password
        ? { data: { signIn: this.session() } }
        : error('Wrong password', 'FORBIDDEN'),
    SignUpInNewWorkspace: () => {
      this.workspace = { active: false };
      return {
        data: {
          signUpInNewWorkspace: {
            loginToken: { token: 'login' },
            workspace: { id: 'w1' },
          },
        },
      };
    },
    Enter: () => ({
      data: {
        getAuthTokensFromLoginToken: {
          tokens: { accessOrWorkspaceAgnosticToken: { token: 'inside' } },
        },
      },
    }),
    Activation: () => ({
      data: {
        currentUser: {
          currentWorkspace: {
            activationStatus: this.workspace?.active
              ? 'ACTIVE'
              : 'PENDING_CREATION',
          },
        },
      },
    }),
    Activate: () => {
      this.workspace!.active = true;
      return { data: { activateWorkspace: { id: 'w1' } } };
    },
    Roles: () => ({
      data: {
        getRoles: [
          role('member', false, false),
          role('admin', true, this.roleForKeys),
        ],
      },
    }),
    ApiKeys: () => ({
      data: { apiKeys: this.keys.map(({ id, name }) => ({ id, name })) },
    }),
    Revoke: variables => {
      const { id } = variables.input as { id: string };
      this.keys.splice(
        this.keys.findIndex(key => key.id === id),
        1,
      );
      return { data: { revokeApiKey: { id } } };
    },
    CreateKey: variables => {
      const { name } = variables.input as { name: string };
      const id = `key-${this.operations.length}`;
      this.keys.push({ id, name });
      return { data: { createApiKey: { id } } };
    },
    KeyToken: ({ apiKeyId }) => {
      if (this.failNextKeyToken) {
        this.failNextKeyToken = false;
        return error('Internal server error', 'INTERNAL_SERVER_ERROR');
      }
      const key = this.keys.find(({ id }) => id === apiKeyId)!;
      key.token = `token-of-${key.id}`;
      return { data: { generateApiKeyToken: { token: key.token } } };
    },
  };
}

function role(id: string, settings: boolean, forKeys: boolean) {
  return {
    ...{ id, label: id },
    canUpdateAllSettings: settings,
    canBeAssignedToApiKeys: forKeys,
  };
}

function error(message: string, code: string) {
  return { data: null, errors: [{ message, extensions: { code } }] };
}
