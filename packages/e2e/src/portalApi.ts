import { APIRequestContext, APIResponse, expect } from '@playwright/test';

interface TaskEvent {
  type: string;
  body: {
    message: string;
    error?: { message: string };
    output?: { text?: Array<{ content: string }> };
  };
}

/** The portal's API in somebody's name. */
export class Portal {
  private constructor(
    private readonly request: APIRequestContext,
    private readonly headers: Record<string, string>,
  ) {}

  /** @param request - of a page that is signed in */
  static async of(request: APIRequestContext): Promise<Portal> {
    const session = await request.get(
      '/api/auth/oidc/refresh?env=production&scope=openid+profile+email',
      { headers: { 'X-Requested-With': 'XMLHttpRequest' } },
    );
    const { backstageIdentity } = await session.json();
    return new Portal(request, {
      Authorization: `Bearer ${backstageIdentity.token}`,
    });
  }

  /** Waits until the catalog has an entity: right after a start it is still being filled. */
  async expectEntity(path: string): Promise<void> {
    await expect
      .poll(
        async () => {
          const answer = await this.request.get(
            `/api/catalog/entities/by-name/${path}`,
            { headers: this.headers },
          );
          return answer.status();
        },
        { timeout: 60_000 },
      )
      .toBe(200);
  }

  /** Posts to the portal, whatever it answers. */
  async post(path: string, data: object): Promise<APIResponse> {
    return this.request.post(path, { headers: this.headers, data });
  }

  /** Runs a template to its end and gives the text that it shows then. */
  async run(name: string, values: object): Promise<string> {
    const { error, output } = await this.finish(name, values);
    expect(error?.message, `template ${name}`).toBeUndefined();
    return (output?.text ?? []).map(({ content }) => content).join('\n');
  }

  /** Runs a template that fails, and gives the reason. */
  async refusal(name: string, values: object): Promise<string> {
    const { error } = await this.finish(name, values);
    expect(error, `template ${name}`).toBeDefined();
    return error!.message;
  }

  private async finish(
    name: string,
    values: object,
  ): Promise<TaskEvent['body']> {
    const { headers } = this;
    const tasks = '/api/scaffolder/v2/tasks';
    const started = await this.request.post(tasks, {
      headers,
      data: { templateRef: `template:default/${name}`, values },
    });
    expect(started.status(), await started.text()).toBe(201);
    const { id } = await started.json();
    let events: TaskEvent[] = [];
    await expect
      .poll(
        async () => {
          const answer = await this.request.get(`${tasks}/${id}/events`, {
            headers,
          });
          events = await answer.json();
          return events.some(({ type }) => type === 'completion');
        },
        { timeout: 60_000 },
      )
      .toBe(true);
    return events.find(({ type }) => type === 'completion')!.body;
  }
}
