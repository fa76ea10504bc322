import type { AccessReport } from './types';

/**
 * Options of every call.
 *
 * @public
 */
export interface AccessCallOptions {
  /** Token of a backend; in a browser the fetch API adds the user's own. */
  token?: string;
  /** Ends the call early. */
  signal?: AbortSignal;
}

/**
 * The access plugin as the frontend sees it.
 *
 * @public
 */
export interface AccessApi {
  /**
   * What somebody may do, and why.
   *
   * @throws ResponseError with a message for people: 403 for another person
   * without the permission, 404 when the catalog does not know the person
   */
  getReport(
    userRef: string,
    options?: AccessCallOptions,
  ): Promise<AccessReport>;
}
