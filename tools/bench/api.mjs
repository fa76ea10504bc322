import { Problem } from '../launch/problem.mjs';

/** Bare calls of an API that takes and gives JSON. */
export class Api {
  #baseUrl;
  #headers;

  /** @param headers - who calls, or a function that tells it for each call */
  constructor(baseUrl, headers) {
    this.#baseUrl = baseUrl;
    this.#headers = typeof headers === 'function' ? headers : () => headers;
  }

  get(path) {
    return this.#call('GET', path);
  }

  post(path, body) {
    return this.#call('POST', path, body);
  }

  put(path, body) {
    return this.#call('PUT', path, body);
  }

  /**
   * @param nothing - status that says that there is nothing
   * @returns what is there, or undefined
   */
  find(path, nothing = 404) {
    return this.#call('GET', path, undefined, nothing);
  }

  /** Runs a GraphQL operation. @returns its data */
  async graphql(query, variables) {
    const { data, errors } = await this.post('/graphql', { query, variables });
    if (errors) throw new Problem(`${query}: ${errors[0].message}`);
    return data;
  }

  async #call(method, path, body, nothing) {
    const response = await fetch(`${this.#baseUrl}${path}`, {
      method,
      headers: {
        ...(await this.#headers()),
        ...(body && { 'Content-Type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (response.status === nothing) return undefined;
    if (!response.ok) {
      throw new Problem(
        `${method} ${this.#baseUrl}${path} was answered with ${
          response.status
        }: ${text}`,
      );
    }
    return text ? JSON.parse(text) : undefined;
  }
}
