/** Does work on items, at most so many at once. The first failure ends it when what is under way is done. */
export async function inParallel<T>(
  items: T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  const workers = Array.from(
    { length: Math.min(limit, items.length) },
    async () => {
      for (const item of rest) await work(item);
    },
  );
  await Promise.all(workers);
}
