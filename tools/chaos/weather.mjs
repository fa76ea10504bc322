import { Api } from '../bench/api.mjs';

const HTML_ERROR = '<html><body>502 Bad Gateway</body></html>';

/** Faults of a service, about every sixth call; a call slower than the engine's patience counts as a timeout. */
const SERVICE_FAULTS = [
  { probability: 0.02, status: 502, body: HTML_ERROR },
  { probability: 0.02, status: 503 },
  { probability: 0.03, status: 429, retryAfterSeconds: 1 },
  { probability: 0.03, drop: 'before' },
  { probability: 0.03, drop: 'after' },
  { probability: 0.02, garbage: true },
  { probability: 0.01, latencyMs: 4_000 },
  { probability: 0.3, latencyMs: 120 },
];

/** Faults of what the engine asks Keycloak. This test's own calls there, which write, are spared. */
const IDENTITY_FAULTS = [
  { probability: 0.04, status: 503 },
  { probability: 0.03, drop: 'before' },
  { probability: 0.03, garbage: true },
].map(fault => ({
  ...fault,
  method: 'GET',
  path: '^/admin/realms/[^/]+/(users|organizations/members)/',
}));

/** The services' mood, and PostgreSQL's life, through the sandbox's control API. */
export class Weather {
  #control;

  constructor({ url }) {
    this.#control = new Api(url, {});
  }

  async storm() {
    for (const service of ['gitea', 'coder', 'mattermost', 'twenty']) {
      await this.#control.put(`/faults/${service}`, SERVICE_FAULTS);
    }
    await this.#control.put('/faults/keycloak', IDENTITY_FAULTS);
  }

  async clear() {
    for (const service of Object.keys(await this.#control.get('/faults'))) {
      await this.#control.put(`/faults/${service}`, []);
    }
  }

  async restartPostgres() {
    await this.#control.post('/postgres/restart', {});
  }
}
