/** An answer of the portal. */
export interface Answer {
  status: number;
  text: string;
}

const STREAM_MS = 300;

/** Calls the portal as somebody. */
export class Caller {
  constructor(
    readonly name: string,
    private readonly portal: string,
    private readonly token?: string,
  ) {}

  /** @returns whatever the portal answers; of a stream, its beginning */
  async call(
    method: string,
    path: string,
    options: { body?: unknown; contentType?: string } = {},
  ): Promise<Answer> {
    const { body, contentType = 'application/json' } = options;
    const stop = new AbortController();
    const response = await fetch(`${this.portal}${path}`, {
      method,
      redirect: 'manual',
      signal: stop.signal,
      headers: {
        ...(this.token && { Authorization: `Bearer ${this.token}` }),
        ...(body !== undefined && { 'Content-Type': contentType }),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const streams = response.headers
      .get('content-type')
      ?.startsWith('text/event-stream');
    const text = streams
      ? await beginning(response, stop)
      : await response.text();
    return { status: response.status, text };
  }

  /** @throws Error when the portal refuses */
  async json(method: string, path: string, body?: unknown) {
    const { status, text } = await this.call(method, path, { body });
    if (status >= 300) {
      throw new Error(`${this.name}: ${method} ${path}: ${status} ${text}`);
    }
    return text ? JSON.parse(text) : undefined;
  }
}

/** What a stream sends at once; it has no end to wait for. */
async function beginning(
  response: Response,
  stop: AbortController,
): Promise<string> {
  const timer = setTimeout(() => stop.abort(), STREAM_MS);
  let text = '';
  try {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
  }
  return text;
}
