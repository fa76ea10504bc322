import express from 'express';

/** `DEFAULT_PAGING_NUM` and `MAX_RESPONSE_ITEMS` of Gitea's `modules/setting/api.go`. */
const DEFAULT_LIMIT = 30;
const MAX_LIMIT = 50;

/** Cuts a page out of a list and sets `X-Total-Count` and `Link`. */
export function page<T>(
  request: express.Request,
  response: express.Response,
  rows: T[],
  url: string,
): T[] {
  const number = (name: string, fallback: number) => {
    const value = Number(request.query[name]);
    return Number.isInteger(value) && value > 0 ? value : fallback;
  };
  const limit = Math.min(number('limit', DEFAULT_LIMIT), MAX_LIMIT);
  const current = number('page', 1);
  const last = Math.max(1, Math.ceil(rows.length / limit));
  const link = (target: number, relation: string) => {
    const address = new URL(url + request.originalUrl);
    address.searchParams.set('page', String(target));
    address.searchParams.set('limit', String(limit));
    return `<${address}>; rel="${relation}"`;
  };
  const links = [
    ...(current < last ? [link(current + 1, 'next'), link(last, 'last')] : []),
    ...(current > 1 ? [link(1, 'first'), link(current - 1, 'prev')] : []),
  ];
  response.set('X-Total-Count', String(rows.length));
  if (links.length > 0) response.set('Link', links.join(','));
  return rows.slice((current - 1) * limit, current * limit);
}
