import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Response } from 'express';

/** Sends a file page by page, as fast as it is taken, so that its size does not matter. */
export async function sendPages(
  response: Response,
  file: { name: string; type: string },
  pages: AsyncIterable<string>,
): Promise<void> {
  response.type(file.type);
  response.attachment(file.name);
  await pipeline(Readable.from(pages), response);
}
