import {
  attackAsNobody,
  attackAsStranger,
  Outcome,
  requestOf,
} from './__testUtils__/attack';
import { Caller } from './__testUtils__/Caller';
import { eventually } from './__testUtils__/eventually';
import { KeycloakGroups } from './__testUtils__/KeycloakGroups';
import { knownAction } from './__testUtils__/knownActions';
import { KnownRoute, knownRoute } from './__testUtils__/knownRoutes';
import { Listener } from './__testUtils__/Listener';
import { Portal, startPortal } from './__testUtils__/portal';
import { Repository } from './__testUtils__/Repository';
import { signIn } from './__testUtils__/signIn';
import { stateOfAcme } from './__testUtils__/state';
import { makeThings, nothings, Things } from './__testUtils__/things';

jest.setTimeout(600_000);

interface Target {
  route: string;
  known: KnownRoute;
}

/** A permission in a report of the access plugin. */
interface ReportedPermission {
  name: string;
  action: string;
  resourceType?: string;
  outcome: string;
}

function permissionOf({ name, action, resourceType }: ReportedPermission) {
  const attributes = action === 'use' ? {} : { action };
  return resourceType
    ? { type: 'resource', name, attributes, resourceType }
    : { type: 'basic', name, attributes };
}

/** Begins a task of somebody's own. */
const startTask = (caller: Caller) =>
  caller.json('POST', '/api/scaffolder/v2/tasks', {
    templateRef: 'template:default/onboarding',
    values: { services: ['gitea'] },
  });

const ACTIONS = /^GET (\/api\/[\w-]+\/\.backstage\/actions\/v1\/actions)$/;

/** What stands in Acme's things only; examples in docs speak of "alice" and "acme" too. */
const namesOfAcme = [
  '(?:user|group):default/(?:alice|bob|carol|acme)',
  '"(?:alice|bob|carol|acme)"',
  '@acme\\.example',
  'acme-(?:leads|developers|private|vault|plan)',
  'Acme.s own',
  'secret of Acme',
  'Moreau|Tanaka|Okafor',
].join('|');

describe('isolation of organisations', () => {
  let portal: Portal;
  let things: Things;
  let tokens: Record<'admin' | 'bob' | 'hugo' | 'gina', string>;
  const nothing = nothings();
  const callers = {} as Record<
    'admin' | 'bob' | 'hugo' | 'gina' | 'signedOut' | 'forged',
    Caller
  >;
  const targets: Target[] = [];
  const unknown: string[] = [];

  beforeAll(async () => {
    portal = await startPortal();
    const token = (username: string) =>
      signIn(
        portal.url,
        portal.people.find(person => person.username === username)!,
      );
    tokens = {
      admin: await token('priya'),
      bob: await token('bob'),
      hugo: await token('hugo'),
      gina: await token('gina'),
    };
    for (const name of ['admin', 'bob', 'hugo', 'gina'] as const) {
      callers[name] = new Caller(name, portal.url, tokens[name]);
    }
    callers.signedOut = new Caller('signed out', portal.url);
    // An administrator's claims under somebody else's signature.
    callers.forged = new Caller(
      'forged',
      portal.url,
      [...tokens.admin.split('.').slice(0, 2), tokens.hugo.split('.')[2]].join(
        '.',
      ),
    );
    things = await makeThings(callers.bob, callers.admin);
    await collectTargets();
  });

  afterAll(() => portal?.stop());

  /** Every route of the backend, and every action behind the routes of actions. */
  async function collectTargets() {
    for (const route of portal.recorded.routes) {
      const known = knownRoute(route);
      if (known) targets.push({ route, known });
      else unknown.push(route);
      const actions = ACTIONS.exec(route)?.[1];
      if (!actions) continue;
      const listed = await callers.bob.json('GET', actions);
      for (const { id } of listed.actions) {
        const invoke = `POST ${actions}/:action/invoke`;
        const action = knownAction(id);
        if (action) targets.push({ route: invoke, known: action });
        else unknown.push(`${invoke} with the action ${id}`);
      }
    }
  }

  /** What every actor gets of a route. */
  async function attack(
    { route, known }: Target,
    secrets: RegExp,
  ): Promise<Record<string, Outcome>> {
    const request = (wanted: Things) => requestOf(route, known, wanted);
    const stranger = (caller: Caller) =>
      attackAsStranger({
        caller,
        request,
        theirs: things,
        nothings: nothing,
        secrets,
      });
    const nobody = (caller: Caller) =>
      attackAsNobody({ caller, request: request(things), known });
    return {
      'globex developer': await stranger(callers.hugo),
      'globex admin': await stranger(callers.gina),
      'signed out': await nobody(callers.signedOut),
      'forged token': await nobody(callers.forged),
    };
  }

  it('knows every route of every plugin', () => {
    expect(portal.recorded.routes.length).toBeGreaterThan(200);
    const plea =
      'Say in packages/backend/src/isolation/__testUtils__/knownRoutes.ts (actions: knownActions.ts) how each of these routes is attacked';
    expect({ [plea]: unknown }).toEqual({ [plea]: [] });
    const reach =
      'These routes are on routers that the recorder does not reach from the root: mount them with use(), or teach routeRecorder.ts';
    expect({ [reach]: portal.recorded.hidden }).toEqual({ [reach]: [] });
  });

  it('shows Acme’s things to Acme’s developer', async () => {
    const secrets = new RegExp(namesOfAcme, 'i');
    const hidden: string[] = [];
    for (const { route, known } of targets.filter(
      ({ known: { shown } }) => shown,
    )) {
      const { method, path, ...rest } = requestOf(route, known, things);
      const answer = await callers.bob.call(method, path, rest);
      if (answer.status >= 300 || !secrets.test(answer.text)) {
        hidden.push(`${route}: ${answer.status} ${answer.text.slice(0, 300)}`);
      }
    }
    expect(hidden).toEqual([]);
  });

  it('gives nothing of Acme to anybody else, on any route', async () => {
    const before = await stateOfAcme(callers.bob, callers.admin, things);
    const ids = [
      things.componentUid,
      things.location,
      things.locationEntity,
      things.task,
      things.run,
      things.bulk,
      things.reconciliation,
    ].join('|');
    const secretsOf = ({ examples }: KnownRoute) =>
      new RegExp(examples ? ids : `${namesOfAcme}|${ids}`, 'i');
    const rows: string[] = [];
    const leaks: string[] = [];
    for (const { route, known } of targets) {
      const outcomes = await attack({ route, known }, secretsOf(known));
      const { path } = requestOf(route, known, things);
      const label = path.includes('/actions/v1/actions/')
        ? `POST ${decodeURIComponent(path)}`
        : route;
      rows.push(
        [
          label.padEnd(86),
          ...Object.values(outcomes).map(({ status, leak }) =>
            (leak ? `LEAK ${status}` : `${status}`).padEnd(9),
          ),
          known.public ? `public: ${known.public}` : '',
        ].join(' '),
      );
      for (const [actor, { leak }] of Object.entries(outcomes)) {
        if (leak) leaks.push(`${label} as ${actor} ${leak}`);
      }
    }
    process.stdout.write(
      `${[
        `${'route'.padEnd(86)} developer admin     signed-out forged`,
        ...rows,
      ].join('\n')}\n`,
    );
    expect(leaks).toEqual([]);
    await expect(
      stateOfAcme(callers.bob, callers.admin, things),
    ).resolves.toEqual(before);
  });

  it.each(['hugo', 'gina'] as const)(
    'counts for %s what they can see, and no more',
    async name => {
      const all = await callers[name].json(
        'GET',
        '/api/catalog/entities/by-query?limit=1000',
      );
      expect(all.totalItems).toBe(all.items.length);
      const acme = await callers[name].json(
        'GET',
        '/api/catalog/entities/by-query?filter=metadata.name=acme&fullTextFilterTerm=acme',
      );
      expect(acme).toMatchObject({ totalItems: 0, items: [] });
      const facets = await callers[name].json(
        'GET',
        '/api/catalog/entity-facets?facet=kind',
      );
      const counted = facets.facets.kind.reduce(
        (sum: number, { count }: { count: number }) => sum + count,
        0,
      );
      expect(counted).toBe(all.totalItems);
    },
  );

  it.each([
    ['admin', 'user:default/priya'],
    ['bob', 'user:default/bob'],
    ['gina', 'user:default/gina'],
  ] as const)(
    'tells %s what they may do as RBAC decides it',
    async (name, ref) => {
      const report = await callers[name].json(
        'GET',
        `/api/access/persons/${encodeURIComponent(ref)}`,
      );
      expect(report.unread).toEqual([]);
      expect(report.permissions.length).toBeGreaterThan(30);
      expect(
        report.permissions.map(({ name: each }: ReportedPermission) => each),
      ).toContain('scheduler.tasks.manage');

      const told = (allowed: string[]) =>
        report.permissions.map(
          (permission: ReportedPermission) =>
            `${permission.name} ${
              allowed.includes(permission.outcome) ? 'ALLOW' : 'DENY'
            }`,
        );
      const decided = async (refs: Record<string, string>) => {
        const { items } = await callers[name].json(
          'POST',
          '/api/permission/authorize',
          {
            items: report.permissions.map((permission: ReportedPermission) => ({
              id: permission.name,
              permission: permissionOf(permission),
              ...(permission.resourceType && {
                resourceRef: refs[permission.resourceType] ?? 'nothing',
              }),
            })),
          },
        );
        return items.map(
          ({ id, result }: { id: string; result: string }) => `${id} ${result}`,
        );
      };
      const { id: taskOfHugo } = await startTask(callers.hugo);
      // Of what is not theirs, no condition holds; of what is their own, each does.
      expect(told(['allow'])).toEqual(
        await decided({
          'catalog-entity': `component:default/${nothing.component}`,
          'scaffolder-task': name === 'bob' ? taskOfHugo : things.task,
        }),
      );
      if (name !== 'bob') return;
      expect(told(['allow', 'conditional'])).toEqual(
        await decided({
          'catalog-entity': ref,
          'scaffolder-task': things.task,
        }),
      );
    },
  );

  describe('of tasks', () => {
    const TASKS = '/api/scaffolder/v2/tasks';
    const reads = ['', '/events', '/eventstream'];
    const refOf = ({ name }: Caller) => `user:default/${name}`;
    const list = (caller: Caller, query = '') =>
      caller.json('GET', `${TASKS}?${query}`);
    const idsOf = ({ tasks }: { tasks: Array<{ id: string }> }) =>
      tasks.map(({ id }) => id);

    it('shows an organisation’s administrators those of their people, page by page', async () => {
      const { gina, hugo, bob } = callers;
      const started = [
        await startTask(hugo),
        await startTask(gina),
        await startTask(hugo),
      ].map(({ id }) => id);
      const all = await list(gina);
      expect(idsOf(all)).toEqual(expect.arrayContaining(started));
      const people = new Set(
        all.tasks.map((task: { createdBy: string }) => task.createdBy),
      );
      expect(people).toEqual(new Set([refOf(gina), refOf(hugo)]));
      expect(all.totalTasks).toBe(all.tasks.length);

      const paged: string[] = [];
      for (let offset = 0; offset < all.totalTasks; offset += 2) {
        const page = await list(gina, `limit=2&offset=${offset}`);
        expect(page.totalTasks).toBe(all.totalTasks);
        paged.push(...idsOf(page));
      }
      expect(paged).toEqual(idsOf(all));

      const ofHugo = await list(gina, `createdBy=${refOf(hugo)}`);
      expect(idsOf(ofHugo)).toEqual(idsOf(await list(hugo)));
      await expect(list(gina, `createdBy=${refOf(bob)}`)).resolves.toEqual({
        tasks: [],
        totalTasks: 0,
      });
      for (const route of reads) {
        const { status, text } = await gina.call(
          'GET',
          `${TASKS}/${started[0]}${route}`,
        );
        expect(`${route} ${status}`).toBe(`${route} 200`);
        expect(text).toContain(started[0]);
      }
    });

    it('lets them cancel those, and retry none that would run with their rights', async () => {
      const { gina, hugo } = callers;
      const { id } = await startTask(hugo);
      // The scaffolder answers 500 to who cancels a task before its first step.
      await eventually('a step has begun', async () =>
        (
          await hugo.call('GET', `${TASKS}/${id}/events`)
        ).text.includes('"stepId"'),
      );
      const cancelled = await gina.call('POST', `${TASKS}/${id}/cancel`);
      expect(cancelled.status).toBe(200);
      for (const caller of [gina, callers.admin]) {
        const { status, text } = await caller.call(
          'POST',
          `${TASKS}/${id}/retry`,
          { body: {} },
        );
        expect(`${caller.name} ${status}`).toBe(`${caller.name} 403`);
        expect(text).toContain('it would run with your rights');
      }
    });

    it('shows a developer none of a colleague or an administrator', async () => {
      const { gina, hugo } = callers;
      const { id } = await startTask(gina);
      expect(idsOf(await list(hugo))).not.toContain(id);
      for (const route of reads) {
        const { status } = await hugo.call('GET', `${TASKS}/${id}${route}`);
        expect(`${route} ${status}`).toBe(`${route} 404`);
      }
      for (const action of ['cancel', 'retry']) {
        const { status } = await hugo.call('POST', `${TASKS}/${id}/${action}`, {
          body: {},
        });
        expect(`${action} ${status}`).toBe(`${action} 404`);
      }
    });
  });

  it('lets nobody but administrators see, start or stop scheduled tasks', async () => {
    const routes = portal.recorded.routes.filter(route =>
      route.includes('/.backstage/scheduler/v1/tasks'),
    );
    expect(routes.length).toBeGreaterThan(10);
    for (const route of routes) {
      const [method, path] = route.replace(':id', 'no-such').split(' ');
      for (const caller of [callers.bob, callers.hugo, callers.gina]) {
        const { status } = await caller.call(method, path);
        expect(`${caller.name} ${route}: ${status}`).toBe(
          `${caller.name} ${route}: 403`,
        );
      }
      const { status } = await callers.admin.call(method, path);
      expect(`${route}: ${status}`).toBe(
        `${route}: ${method === 'GET' ? 200 : 404}`,
      );
    }
  });

  it('reads no other repository for what somebody writes into a catalog file', async () => {
    const { id } = await callers.hugo.json('POST', '/api/scaffolder/v2/tasks', {
      templateRef: 'template:default/gitea-repository',
      values: {
        name: 'outpost',
        description: 'Looks around',
        ownership: 'person',
        visibility: 'private',
      },
    });
    const component =
      '/api/catalog/entities/by-name/component/default/hugo.outpost';
    await eventually('hugo has a component', async () => {
      const task = await callers.hugo.json(
        'GET',
        `/api/scaffolder/v2/tasks/${id}`,
      );
      if (task.status === 'failed') throw new Error('The task failed');
      const { status } = await callers.hugo.call('GET', component);
      return status === 200;
    });
    const repository = new Repository(portal.gitea, 'hugo/outpost');
    const describe = async (description: string) => {
      await repository.write({
        'own.txt': 'From a file of mine',
        'catalog-info.yaml': [
          'apiVersion: backstage.io/v1alpha1',
          'kind: Component',
          'metadata:',
          '  name: hugo.outpost',
          '  description:',
          `    $text: ${description}`,
          'spec: { type: service, lifecycle: experimental, owner: user:default/hugo }',
        ].join('\n'),
      });
      await callers.admin.json('POST', '/api/catalog/refresh', {
        entityRef: 'component:default/hugo.outpost',
      });
    };
    await describe('./own.txt');
    await eventually('his own file is read', async () =>
      (
        await callers.hugo.call('GET', component)
      ).text.includes('From a file of mine'),
    );
    const vault = `${portal.gitea.url}/bob/acme-vault`;
    for (const disguise of [
      `${vault}/src/branch/main/README.md`,
      `${vault}/x/y/main/README.md`,
      `${portal.gitea.url}/hugo/outpost/src/branch/main/../../../bob/acme-vault/contents/README.md`,
    ]) {
      await describe(disguise);
      const { text } = await eventually('it was refused', async () => {
        const answer = await callers.hugo.call('GET', component);
        return answer.text.includes(disguise) ? answer : undefined;
      });
      expect(text).not.toMatch(/vault of Acme/);
    }
  });

  it('sends signals about Acme’s things to Acme’s people only', async () => {
    const listen = (token?: string) => Listener.start(portal.url, token);
    const bob = await listen(tokens.bob);
    const others = {
      hugo: await listen(tokens.hugo),
      gina: await listen(tokens.gina),
      'signed out': await listen(),
    };
    await callers.bob.json(
      'POST',
      `/api/approvals/requests/${things.approval}/cancel`,
      { reason: 'Not needed any more' },
    );
    await eventually('bob hears of it', async () =>
      bob.heard.some(message => message.includes(things.approval)),
    );
    await bob.stop();
    const { approval } = things;
    const isOfOthers = (name: string) => (message: string) =>
      name === 'signed out' ||
      message.includes(approval) ||
      // Their own tasks may have ended meanwhile.
      !message.includes('"channel":"notifications"');
    for (const [name, listener] of Object.entries(others)) {
      const heard = await listener.stop();
      expect({ name, leaks: heard.filter(isOfOthers(name)) }).toEqual({
        name,
        leaks: [],
      });
    }
  });

  // The last one: it changes who belongs where.
  it('counts a group no longer once somebody has left it, whatever their token claims', async () => {
    const groups = await KeycloakGroups.connect(portal.keycloak);
    const gina = portal.people.find(({ username }) => username === 'gina')!;
    const status = async (caller: Caller) =>
      (await caller.call('GET', '/api/provisioning/persons')).status;

    await groups.joinLike('gina', 'priya');
    await eventually(
      'gina has the rights of her new group',
      async () => (await status(callers.gina)) === 200,
    );
    const claiming = new Caller(
      'gina',
      portal.url,
      await signIn(portal.url, gina),
    );
    expect(await status(claiming)).toBe(200);

    await groups.leaveLike('gina', 'priya');
    await eventually(
      'gina has lost them',
      async () => (await status(claiming)) === 403,
    );
  });
});
