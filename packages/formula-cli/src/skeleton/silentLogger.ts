import { LoggerService } from '@backstage/backend-plugin-api';

/** For actions whose log nobody reads. */
export const silentLogger: LoggerService = {
  error() {},
  warn() {},
  info() {},
  debug() {},
  child: () => silentLogger,
};
