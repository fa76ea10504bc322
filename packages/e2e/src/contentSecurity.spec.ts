import { expect, Page, test } from '@playwright/test';
import { signIn, signOut } from './portal';
import { credentials } from './sandbox';

const person = (username: string) =>
  credentials().people.find(each => each.username === username)!;

/** Every page of the portal that has an address of its own. */
const PAGES = [
  '/',
  '/formulas',
  '/formulas/default/fullstack-dev',
  '/formulas/default/ml-research',
  '/catalog',
  '/catalog/default/template/onboarding',
  '/catalog/default/user/priya',
  '/catalog/default/group/formulary-platform',
  '/catalog-graph',
  '/create',
  '/create/templates/default/fullstack-dev',
  '/create/templates/default/onboarding',
  '/create/templates/default/ml-research',
  '/create/actions',
  '/create/tasks',
  '/create/edit',
  '/create/template-form',
  '/create/custom-fields',
  '/create/templating-extensions',
  '/approvals/to-decide',
  '/approvals/mine',
  '/approvals/all',
  '/provisioning',
  '/provisioning/people',
  '/provisioning/services',
  '/notifications',
  '/search?query=typescript',
  '/settings',
  '/settings/auth-providers',
  '/no-such-page',
];

/** Collects what the browser has kept a page from doing, by the page's address. */
async function watch(page: Page): Promise<string[]> {
  const violations: string[] = [];
  await page.exposeFunction('reportViolation', (violation: string) =>
    violations.push(violation),
  );
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', event => {
      const { reportViolation } = window as unknown as {
        reportViolation(violation: string): void;
      };
      reportViolation(
        `${document.location.pathname}: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`,
      );
    });
  });
  return violations;
}

test('no page does what the content security policy forbids, in light and dark', async ({
  page,
}) => {
  const violations = await watch(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await signIn(page, person('priya'));
  for (const path of PAGES) {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect(page.locator('body')).toHaveAttribute(
      'data-theme-mode',
      'dark',
    );
    await page.waitForLoadState('networkidle');
  }
  await signOut(page);
  expect(violations).toEqual([]);
});

test('the browser keeps a page from what an attacker would have it do', async ({
  page,
}) => {
  const violations = await watch(page);
  await page.goto('/');
  await page.evaluate(() => {
    const add = (tag: string, attributes: Record<string, string>) =>
      document.body.append(
        Object.assign(document.createElement(tag), attributes),
      );
    add('script', { textContent: 'document.title = "taken over"' });
    add('script', { src: 'http://localhost:1/script.js' });
    add('img', { src: 'http://localhost:1/pixel.png' });
    add('iframe', { src: 'http://localhost:1/frame' });
    add('object', { data: 'http://localhost:1/object' });
    add('form', { action: 'http://localhost:1/form', method: 'post' });
    document.querySelector('form')!.submit();
    // Refused like the rest: only the report of it counts.
    fetch('http://localhost:1/data').catch(() => undefined);
  });
  await expect
    .poll(() => violations.map(each => each.split(' ')[1]).sort())
    .toEqual([
      'connect-src',
      'form-action',
      'frame-src',
      'img-src',
      'object-src',
      'script-src-elem',
      'script-src-elem',
    ]);
  expect(await page.title()).not.toBe('taken over');
});

test('what the portal answers says how browsers have to treat it', async ({
  request,
}) => {
  for (const path of ['/', '/formulas', '/api/catalog/entities', '/no/such']) {
    const headers = (await request.get(path)).headers();
    expect(headers['content-security-policy'], path).toContain(
      "default-src 'none'",
    );
    expect(headers['content-security-policy'], path).toContain(
      "frame-ancestors 'none'",
    );
    expect(headers, path).toMatchObject({
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'strict-transport-security': expect.stringMatching(/max-age=\d{8}/),
    });
  }
});

test('no script of a page can read a cookie of the portal, no other site can send the session', async ({
  page,
}) => {
  await signIn(page, person('alice'));
  const { hostname, protocol } = new URL(page.url());
  const cookies = (await page.context().cookies()).filter(
    ({ name, domain }) =>
      domain === hostname && /^(oidc-|connect\.sid|backstage-)/.test(name),
  );
  expect(cookies.map(({ name }) => name)).toContain('oidc-refresh-token');
  for (const { name, httpOnly, sameSite, secure } of cookies) {
    expect({ name, httpOnly, sameSite, secure }).toEqual({
      name,
      httpOnly: true,
      sameSite: 'Lax',
      secure: protocol === 'https:',
    });
  }
});
