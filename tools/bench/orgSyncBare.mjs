import { measured } from './orgSyncMeasure.mjs';
import { providers } from './orgSyncProviders.mjs';

const { name, baseUrl, lists, pageSize, concurrency } = JSON.parse(
  process.argv[2],
);
const { pageUrl } = providers[name];

/** Reads a list to its end and keeps nothing of it. */
async function readList(path) {
  for (let page = 0; ; page += 1) {
    const response = await fetch(pageUrl(baseUrl, path, page, pageSize), {
      headers: { Authorization: 'Bearer token' },
    });
    if ((await response.json()).length < pageSize) return;
  }
}

async function readAll() {
  const rest = lists.values();
  const worker = async () => {
    for (const path of rest) await readList(path);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

// The first reading opens the connections and warms the engine up, as the first sync does.
const first = await measured(readAll);
const again = await measured(readAll);
process.stdout.write(`${JSON.stringify({ first, again })}\n`);
process.exit(0);
