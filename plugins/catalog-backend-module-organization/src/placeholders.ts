import { InputError } from '@backstage/errors';
import {
  processingResult,
  type PlaceholderResolver,
  type PlaceholderResolverParams,
} from '@backstage/plugin-catalog-node';
import { parse } from 'yaml';
import { isOfSameRepository } from './repositoryOf';

/**
 * `$text`, `$json` and `$yaml` of catalog files, which may name files of their own
 * repository only. The catalog reads with the portal's rights: whoever writes a
 * catalog file could read every repository else. Backstage's own resolvers let
 * addresses pass whose repository they can not tell (catalog-backend,
 * PlaceholderProcessor `assertSameRepository`).
 */
export const placeholders: Record<string, PlaceholderResolver> = {
  text: readOwnFile,
  json: async params => JSON.parse(await readOwnFile(params)),
  yaml: async params => parse(await readOwnFile(params)),
};

/** @throws InputError when the file is of another repository */
async function readOwnFile(params: PlaceholderResolverParams): Promise<string> {
  const { key, value, baseUrl, read, resolveUrl, emit } = params;
  if (typeof value !== 'string') {
    throw new InputError(
      `The placeholder $${key} wants a path or an address, as text`,
    );
  }
  const url = resolveUrl(value, baseUrl);
  // Files of this machine are registered by the configuration alone.
  if (URL.canParse(baseUrl) && !isOfSameRepository(baseUrl, url)) {
    throw new InputError(
      `The placeholder $${key} names "${value}": only files of the same repository are read`,
    );
  }
  const content = await read(url);
  emit(processingResult.refresh(`url:${url}`));
  return content.toString('utf-8');
}
