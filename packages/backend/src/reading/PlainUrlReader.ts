import {
  UrlReaderService,
  UrlReaderServiceReadTreeOptions,
  UrlReaderServiceReadUrlOptions,
  UrlReaderServiceSearchOptions,
} from '@backstage/backend-plugin-api';
import { assertPlainUrl } from './assertPlainUrl';

/** Reads what another reader reads, but no address in disguise. */
export class PlainUrlReader implements UrlReaderService {
  constructor(private readonly reader: UrlReaderService) {}

  async readUrl(url: string, options?: UrlReaderServiceReadUrlOptions) {
    assertPlainUrl(url);
    return this.reader.readUrl(url, options);
  }

  async readTree(url: string, options?: UrlReaderServiceReadTreeOptions) {
    assertPlainUrl(url);
    return this.reader.readTree(url, options);
  }

  async search(url: string, options?: UrlReaderServiceSearchOptions) {
    assertPlainUrl(url);
    return this.reader.search(url, options);
  }
}
