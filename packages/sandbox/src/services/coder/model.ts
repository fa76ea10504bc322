import { Collection, Row, Store } from '../../core/store';
import { ParsedTemplate } from './terraform';

/** How an account signs in. */
export type LoginType = 'password' | 'none' | 'oidc' | 'github';

/** State of an account; a dormant one becomes active on its first login. */
export type UserStatus = 'active' | 'dormant' | 'suspended';

/** An account. Deleted ones stay, as in Coder, but free their names. */
export interface UserRow extends Row {
  username: string;
  email: string;
  name: string;
  loginType: LoginType;
  status: UserStatus;
  owner: boolean;
  organizationIds: string[];
  createdAt: string;
  updatedAt: string;
  lastSeenAt: string;
  deleted: boolean;
  /** `issuer||subject` of the identity provider, set by the first login. */
  linkedId?: string;
}

/** A session or API token; its id is the SHA-256 of the token. */
export interface TokenRow extends Row {
  userId: string;
}

/** An organisation. */
export interface OrganizationRow extends Row {
  name: string;
  displayName: string;
  isDefault: boolean;
  createdAt: string;
}

/** An uploaded archive. */
export interface FileRow extends Row {
  hash: string;
  creatorId: string;
  /** The tar, base64. */
  content: string;
}

/** A template. */
export interface TemplateRow extends Row {
  organizationId: string;
  name: string;
  displayName: string;
  description: string;
  icon: string;
  defaultTtlMs: number;
  activeVersionId: string;
  createdById: string;
  createdAt: string;
  updatedAt: string;
  deleted: boolean;
}

/** One version of a template; without a template until it becomes part of one. */
export interface TemplateVersionRow extends Row {
  organizationId: string;
  templateId?: string;
  name: string;
  message: string;
  jobId: string;
  createdById: string;
  createdAt: string;
  updatedAt: string;
  /** What the import job found; absent until it succeeded. */
  content?: ParsedTemplate;
  variableValues: Record<string, string>;
}

/** A line of a job's log. */
export interface JobLog {
  id: number;
  created_at: string;
  log_source: 'provisioner_daemon' | 'provisioner';
  log_level: 'debug' | 'info' | 'warn' | 'error';
  stage: string;
  output: string;
}

/** A provisioner job: a template import or a workspace build. */
export interface JobRow extends Row {
  organizationId: string;
  type: 'template_version_import' | 'workspace_build';
  /** Id of the template version or of the workspace build. */
  subjectId: string;
  initiatorId: string;
  fileId: string;
  status: 'pending' | 'running' | 'succeeded' | 'canceled' | 'failed';
  errorCode?: string;
  error: string;
  createdAt: string;
  startedAt?: string;
  completedAt?: string;
  canceledAt?: string;
  logs: JobLog[];
  /** How many steps of its plan are done. */
  done: number;
}

/** A workspace. */
export interface WorkspaceRow extends Row {
  organizationId: string;
  ownerId: string;
  templateId: string;
  name: string;
  autostartSchedule?: string;
  ttlMs?: number;
  automaticUpdates: 'always' | 'never';
  createdAt: string;
  updatedAt: string;
  lastUsedAt: string;
  latestBuildId: string;
  deleted: boolean;
}

/** What a build does to a workspace. */
export type Transition = 'start' | 'stop' | 'delete';

/** One build of a workspace. */
export interface BuildRow extends Row {
  workspaceId: string;
  number: number;
  transition: Transition;
  templateVersionId: string;
  presetId?: string;
  initiatorId: string;
  jobId: string;
  createdAt: string;
  parameters: Record<string, string>;
}

/** The durable state of the Coder stand-in. */
export class CoderState {
  readonly users: Collection<UserRow>;
  readonly tokens: Collection<TokenRow>;
  readonly organizations: Collection<OrganizationRow>;
  readonly files: Collection<FileRow>;
  readonly templates: Collection<TemplateRow>;
  readonly versions: Collection<TemplateVersionRow>;
  readonly jobs: Collection<JobRow>;
  readonly workspaces: Collection<WorkspaceRow>;
  readonly builds: Collection<BuildRow>;
  readonly nextLogId: () => number;

  constructor(store: Store) {
    const living = (value: (row: UserRow) => string) => (row: UserRow) =>
      row.deleted ? undefined : value(row).toLowerCase();
    this.users = store.collection('users', {
      username: living(row => row.username),
      email: living(row => row.email),
      link: row => (row.deleted ? undefined : row.linkedId),
    });
    this.tokens = store.collection('tokens');
    this.organizations = store.collection('organizations', {
      name: row => row.name,
    });
    this.files = store.collection('files', {
      content: row => `${row.creatorId} ${row.hash}`,
    });
    this.templates = store.collection('templates', {
      name: row =>
        row.deleted
          ? undefined
          : `${row.organizationId} ${row.name.toLowerCase()}`,
    });
    this.versions = store.collection('versions', {
      name: row =>
        row.templateId && `${row.templateId} ${row.name.toLowerCase()}`,
    });
    this.jobs = store.collection('jobs');
    this.workspaces = store.collection('workspaces', {
      name: row =>
        row.deleted ? undefined : `${row.ownerId} ${row.name.toLowerCase()}`,
    });
    this.builds = store.collection('builds');
    this.nextLogId = store.sequence('logs');
  }

  /** The organisation that `default` and the nil UUID stand for. */
  defaultOrganization(): OrganizationRow {
    return this.organizations.all().find(row => row.isDefault)!;
  }

  /** A row that a stored reference points to, so it is there. */
  must<T extends Row>(collection: Collection<T>, id: string): T {
    const row = collection.get(id);
    if (!row) throw new Error(`The sandbox's state has no row ${id}`);
    return row;
  }
}
