import { join } from 'node:path';
import { root } from '../launch/paths.mjs';
import { checkPorts } from '../launch/ports.mjs';
import { step } from '../launch/progress.mjs';
import { startSandbox } from './benchSandbox.mjs';
import { buildFrontend } from './buildFrontend.mjs';
import { bareRoot, writeBare } from './bare.mjs';
import { firstPageScripts, withChromium } from './browser.mjs';
import {
  circumstances,
  median,
  scriptTable,
  startTable,
  verdict,
} from './report.mjs';
import { bare, ours } from './sides.mjs';

const PORT_BASE = 31000;
const OURS_PORT = 31040;
const BARE_PORT = 31041;
const STARTS = 5;

/** Of the time until ready, and of the first page's JavaScript. */
const START_LIMIT = 1.3;
const SCRIPT_LIMIT = 1.1;

/** Starts and stops a side once. @returns milliseconds until it was ready */
async function timeStart(side) {
  try {
    return await side.start();
  } finally {
    await side.stop();
  }
}

/** Times starts of both in turn, after one of each that nobody counts. */
async function timeStarts(sides) {
  for (const side of sides)
    await step(`Warming up ${side.name}`, () => timeStart(side));
  const times = sides.map(() => []);
  for (let start = 1; start <= STARTS; start += 1) {
    for (const [index, side] of sides.entries()) {
      times[index].push(
        await step(`Start ${start} of ${STARTS}, ${side.name}`, () =>
          timeStart(side),
        ),
      );
    }
  }
  return times;
}

async function scriptsOf(browser, side) {
  try {
    await side.start();
    return await firstPageScripts(browser, side.url);
  } finally {
    await side.stop();
  }
}

/** Compares our start and our first page to those of a bare Backstage. @returns the exit code */
export async function run() {
  await checkPorts({
    'the sandbox under test': PORT_BASE + 1,
    'our backend': OURS_PORT,
    'the bare backend': BARE_PORT,
  });
  await step('Building the frontend', () =>
    buildFrontend('formulary', join(root, 'packages/app')),
  );
  await step('Building the bare frontend', async () => {
    writeBare();
    await buildFrontend('bare', join(bareRoot, 'packages/app'));
  });
  await step('Starting the sandbox', () => startSandbox(PORT_BASE, OURS_PORT));
  const sides = [ours(OURS_PORT), bare(BARE_PORT)];
  const [oursMs, bareMs] = await timeStarts(sides);
  const { scripts, version } = await step('Loading the first page', () =>
    withChromium(async browser => ({
      scripts: [
        await scriptsOf(browser, sides[0]),
        await scriptsOf(browser, sides[1]),
      ],
      version: browser.version(),
    })),
  );

  const startRatio = median(oursMs) / median(bareMs);
  const scriptRatio = scripts[0].decoded / scripts[1].decoded;
  process.stdout.write(`
${circumstances(
  ['"bare": the same stock plugins and configuration, nothing of ours'],
  [`Chromium ${version}`],
)}

${startTable(oursMs, bareMs)}

${scriptTable(...scripts)}

${verdict('Time until ready', startRatio, START_LIMIT)}
${verdict('JavaScript of the first page', scriptRatio, SCRIPT_LIMIT)}
`);
  return startRatio <= START_LIMIT && scriptRatio <= SCRIPT_LIMIT ? 0 : 1;
}
