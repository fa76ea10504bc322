/** Answer of the Admin API. */
export interface AdminAnswer {
  status: number;
  location: string | null;
  body: unknown;
}

/** Calls the Admin API of a realm with a token. */
export class AdminClient {
  constructor(
    private readonly url: string,
    private readonly token: string | undefined,
  ) {}

  get(path: string): Promise<AdminAnswer> {
    return this.request('GET', path);
  }

  async request(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<AdminAnswer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(this.token && { Authorization: `Bearer ${this.token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      location: response.headers.get('location'),
      body: text ? JSON.parse(text) : undefined,
    };
  }
}
