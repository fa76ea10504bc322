import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
} from '@backstage/catalog-model';
import { LOGTO_ID_ANNOTATION } from './annotations';

/** The Logto that entities are from. */
export class Origin {
  constructor(private readonly endpoint: string) {}

  /**
   * Annotations of an entity that say what it is in Logto, and where.
   *
   * @param path - below `/api`, such as `users/abc`
   */
  annotations(id: string, path: string): Record<string, string> {
    const location = `url:${this.endpoint}/api/${path}`;
    return {
      [LOGTO_ID_ANNOTATION]: id,
      [ANNOTATION_LOCATION]: location,
      [ANNOTATION_ORIGIN_LOCATION]: location,
    };
  }
}
