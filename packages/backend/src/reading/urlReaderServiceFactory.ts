import {
  urlReaderFactoriesServiceRef,
  UrlReaders,
} from '@backstage/backend-defaults/urlReader';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { PlainUrlReader } from './PlainUrlReader';
import { readerFactories } from './readerFactories';

/** Backstage's reader of addresses, narrowed to what the configuration names. */
export const urlReaderServiceFactory = createServiceFactory({
  service: coreServices.urlReader,
  deps: {
    config: coreServices.rootConfig,
    logger: coreServices.logger,
    factories: urlReaderFactoriesServiceRef,
  },
  async factory({ config, logger, factories }) {
    return new PlainUrlReader(
      UrlReaders.create({
        config,
        logger,
        factories: [...factories, ...readerFactories(config)],
      }),
    );
  },
});
