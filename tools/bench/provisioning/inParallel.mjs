/** Does something with each thing, so many at once; the first failure ends it. */
export async function inParallel(things, atOnce, work) {
  const rest = things.values();
  const worker = async () => {
    for (const thing of rest) await work(thing);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
