import { randomBytes, randomUUID } from 'node:crypto';
import express from 'express';
import { CoderAnswer, notFound } from './answers';
import { isUuid, tokenId } from './ids';
import { JobRunner } from './JobRunner';
import { finishJob } from './finishJob';
import {
  CoderState,
  OrganizationRow,
  TemplateRow,
  TemplateVersionRow,
  UserRow,
  WorkspaceRow,
} from './model';

/** Name of Coder's session cookie (codersdk.SessionTokenCookie). */
export const SESSION_COOKIE = 'coder_session_token';

/** What the API and the pages of the stand-in share: state, jobs, who is calling. */
export class Coder {
  readonly jobs: JobRunner;

  constructor(readonly state: CoderState, readonly url: string) {
    this.jobs = new JobRunner(state, job => finishJob(state, job));
  }

  /** Makes a session for a user; returns its token, `<10 characters>-<22 characters>`. */
  openSession(user: UserRow): string {
    const token = `${randomBytes(5).toString('hex')}-${randomBytes(11).toString(
      'hex',
    )}`;
    this.state.tokens.put({ id: tokenId(token), userId: user.id });
    return token;
  }

  /** Ends the session that a request came with. */
  closeSession(request: express.Request): void {
    const token = tokenOf(request);
    if (token) this.state.tokens.delete(tokenId(token));
  }

  /** Who a request comes from, if it carries a token that is good (httpmw/apikey.go). */
  caller(request: express.Request): UserRow | undefined {
    const token = tokenOf(request);
    const row = token && this.state.tokens.get(tokenId(token));
    const user = row ? this.state.users.get(row.userId) : undefined;
    return user?.deleted ? undefined : user;
  }

  /**
   * The caller of an API request.
   *
   * @throws CoderAnswer 401 without a good token, or for a suspended user
   */
  authenticate(request: express.Request): UserRow {
    const user = this.caller(request);
    if (!user) {
      throw new CoderAnswer(
        401,
        'You are signed out or your session has expired. Please sign in again to continue.',
        'API key is invalid.',
      );
    }
    if (user.status === 'suspended') {
      throw new CoderAnswer(
        401,
        'User is not active (status = "suspended"). Contact an admin to reactivate your account.',
      );
    }
    return user;
  }

  /**
   * The user of a `{user}` path parameter: id, username or `me`, never an e-mail.
   *
   * @throws CoderAnswer 400 for a user that is not there, as httpmw/userparam.go does
   */
  user(parameter: string, caller: UserRow): UserRow {
    const user = parameter === 'me' ? caller : this.findUser(parameter);
    if (!user || (!caller.owner && user.id !== caller.id)) {
      throw new CoderAnswer(
        400,
        '"user" must be an existing uuid or username.',
        `queried user="${parameter}"`,
      );
    }
    return user;
  }

  /**
   * The organisation of an `{organization}` path parameter: id, name or `default`.
   *
   * @throws CoderAnswer 404
   */
  organization(parameter: string): OrganizationRow {
    const row =
      parameter === 'default'
        ? this.state.defaultOrganization()
        : this.state.organizations.get(parameter) ??
          this.state.organizations.find('name', parameter);
    if (!row) throw notFound();
    return row;
  }

  /** @throws CoderAnswer 400 for what is no UUID, 404 for a template that is not there */
  template(parameter: string): TemplateRow {
    const row = this.state.templates.get(uuid(parameter));
    return this.byId(row?.deleted ? undefined : row);
  }

  /** @throws CoderAnswer 400 for what is no UUID, 404 for a version that is not there */
  version(parameter: string): TemplateVersionRow {
    return this.byId(this.state.versions.get(uuid(parameter)));
  }

  /** @throws CoderAnswer 400 for what is no UUID, 404 for a workspace that is not there or not the caller's */
  workspace(
    parameter: string,
    caller: UserRow,
    includeDeleted = false,
  ): WorkspaceRow {
    const row = this.byId(this.state.workspaces.get(uuid(parameter)));
    if (!this.maySee(row, caller)) throw notFound();
    if (row.deleted && !includeDeleted) {
      throw new CoderAnswer(
        410,
        `Workspace ${JSON.stringify(
          row.id,
        )} was deleted, you can view this workspace by specifying '?deleted=true' and trying again.`,
      );
    }
    return row;
  }

  /** Whether a workspace is the caller's to see: its owner's, or an admin's. */
  maySee(workspace: WorkspaceRow, caller: UserRow): boolean {
    return caller.owner || workspace.ownerId === caller.id;
  }

  /** A new random id. */
  newId(): string {
    return randomUUID();
  }

  private findUser(parameter: string): UserRow | undefined {
    return isUuid(parameter)
      ? // A deleted user is still found by id, as userparam.go reads without a filter.
        this.state.users.get(parameter)
      : this.state.users.find('username', parameter.toLowerCase());
  }

  private byId<T>(row: T | undefined): T {
    if (!row) throw notFound();
    return row;
  }
}

/** @throws CoderAnswer 400, as httpmw.ParseUUIDParam does */
export function uuid(parameter: string): string {
  if (isUuid(parameter)) return parameter.toLowerCase();
  throw new CoderAnswer(400, `Invalid UUID ${JSON.stringify(parameter)}.`);
}

/** The token of a request: header, query or cookie (httpmw.APITokenFromRequest). */
function tokenOf(request: express.Request): string | undefined {
  const query = request.query[SESSION_COOKIE];
  const cookie = (request.headers.cookie ?? '')
    .split(/;\s*/)
    .find(pair => pair.startsWith(`${SESSION_COOKIE}=`));
  return (
    cookie?.slice(SESSION_COOKIE.length + 1) ||
    (typeof query === 'string' && query) ||
    request.get('Coder-Session-Token') ||
    request.get('Authorization')?.replace(/^Bearer /, '') ||
    undefined
  );
}
