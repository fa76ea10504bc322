import { chromium } from 'playwright-core';

const EXECUTABLE = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Runs some work with Chromium. */
export async function withChromium(work) {
  const browser = await chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

/**
 * The JavaScript that a first visit loads until its sign-in page stands still.
 *
 * @returns `files`, and bytes: `transferred` over the network, with headers
 *   and compressed if the server compresses, and `decoded`
 */
export async function firstPageScripts(browser, url) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const scripts = new Map();
    await session.send('Network.enable');
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    session.on('Network.responseReceived', ({ requestId, type }) => {
      if (type === 'Script')
        scripts.set(requestId, { decoded: 0, transferred: 0 });
    });
    session.on('Network.dataReceived', ({ requestId, dataLength }) => {
      const script = scripts.get(requestId);
      if (script) script.decoded += dataLength;
    });
    session.on(
      'Network.loadingFinished',
      ({ requestId, encodedDataLength }) => {
        const script = scripts.get(requestId);
        if (script) script.transferred += encodedDataLength;
      },
    );
    await page.goto(url);
    await page.getByRole('button').first().waitFor();
    await page.waitForLoadState('networkidle');
    const sum = key =>
      [...scripts.values()].reduce((total, script) => total + script[key], 0);
    return {
      files: scripts.size,
      decoded: sum('decoded'),
      transferred: sum('transferred'),
    };
  } finally {
    await context.close();
  }
}
