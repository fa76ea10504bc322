import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import { Collection, Row, Store } from '../../../core/store';

/** Something that the provider keeps: a session, a grant, a code, a token. */
interface ArtifactRow extends Row {
  payload: AdapterPayload;
  /** What a session stays known by when its cookie changes. */
  sessionUid?: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

const SWEEP_INTERVAL_MS = 60_000;

/** Artifacts at most. Anybody can begin a log-in, so there must be an end. */
const LIMIT = 20_000;

/** Milliseconds that an artifact without an expiry of its own is kept. */
const FOREVER_MS = 10 * 365 * 24 * 3_600_000;

/** What the provider must not forget when the sandbox is restarted. */
export class Artifacts {
  private readonly rows: Collection<ArtifactRow>;
  private readonly sweeper: NodeJS.Timeout;

  constructor(store: Store, private readonly limit = LIMIT) {
    this.rows = store.collection<ArtifactRow>('artifacts', {
      sessionUid: row => row.sessionUid,
    });
    this.sweep();
    this.sweeper = setInterval(() => this.sweep(), SWEEP_INTERVAL_MS);
    this.sweeper.unref();
  }

  /** The provider's way in: one adapter for each kind of artifact. */
  readonly adapterFor: AdapterFactory = kind => {
    const key = (id: string) => `${kind}:${id}`;
    const adapter: Adapter = {
      upsert: async (id, payload, expiresIn) => {
        const sessionUid = kind === 'Session' ? payload.uid : undefined;
        this.makeRoom();
        this.yieldUid(key(id), sessionUid);
        this.rows.put({
          id: key(id),
          payload,
          sessionUid,
          expiresAt: Date.now() + (expiresIn ? expiresIn * 1000 : FOREVER_MS),
        });
      },
      find: async id => this.read(this.rows.get(key(id))),
      findByUid: async uid => this.read(this.rows.find('sessionUid', uid)),
      // Device codes are not offered.
      findByUserCode: async () => undefined,
      consume: async id => {
        const row = this.rows.get(key(id));
        if (!row) return;
        const consumed = Math.floor(Date.now() / 1000);
        this.rows.put({ ...row, payload: { ...row.payload, consumed } });
      },
      destroy: async id => {
        this.rows.delete(key(id));
      },
      revokeByGrantId: async grantId => {
        this.remove(({ payload }) => payload.grantId === grantId);
      },
    };
    return adapter;
  };

  /** Ends every session of a user and revokes what was granted to clients. */
  removeOfUser(userId: string): void {
    this.remove(({ payload }) => payload.accountId === userId);
  }

  /** How many artifacts there are. */
  get size(): number {
    return this.rows.size;
  }

  stop(): void {
    clearInterval(this.sweeper);
  }

  /** Two requests may renew the cookie of one session at once; the last is found by the uid. */
  private yieldUid(id: string, sessionUid: string | undefined) {
    const holder = sessionUid && this.rows.find('sessionUid', sessionUid);
    if (holder && holder.id !== id) {
      this.rows.put({ ...holder, sessionUid: undefined });
    }
  }

  private read(row: ArtifactRow | undefined): AdapterPayload | undefined {
    if (!row || row.expiresAt <= Date.now()) return undefined;
    return structuredClone(row.payload);
  }

  private sweep() {
    const now = Date.now();
    this.remove(({ expiresAt }) => expiresAt <= now);
  }

  /** Drops what would expire first, which is log-ins that nobody finished. */
  private makeRoom() {
    if (this.rows.size < this.limit) return;
    this.sweep();
    const excess = this.rows.size - Math.floor(this.limit * 0.9);
    if (excess <= 0) return;
    const soonest = this.rows
      .all()
      .sort((a, b) => a.expiresAt - b.expiresAt)
      .slice(0, excess);
    for (const { id } of soonest) this.rows.delete(id);
  }

  private remove(condition: (row: ArtifactRow) => boolean) {
    for (const { id } of this.rows.filter(condition)) this.rows.delete(id);
  }
}
