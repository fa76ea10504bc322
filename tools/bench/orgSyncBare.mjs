import { everyList } from './orgSyncRealm.mjs';
import { measured } from './orgSyncMeasure.mjs';

const { baseUrl, pageSize, concurrency } = JSON.parse(process.argv[2]);

/** Reads a list to its end and keeps nothing of it. */
async function readList(path) {
  let count = 0;
  for (let first = 0; ; first += pageSize) {
    const url = `${baseUrl}/admin/realms/bench${path}?first=${first}&max=${pageSize}`;
    const response = await fetch(url, {
      headers: { Authorization: 'Bearer token' },
    });
    const page = await response.json();
    count += page.length;
    if (page.length < pageSize) return count;
  }
}

async function readAll() {
  const rest = everyList.values();
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
