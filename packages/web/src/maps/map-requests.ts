/** `request` of `api/request.ts`, which knows the token and throws what the server refuses. */
export type MapRequest = (path: string, init: { readonly signal: AbortSignal }) => Promise<Response>;

/** The HTTP status of an answer that is still being made. */
const ACCEPTED = 202;

/** The addresses of a run's page maps. */
export class MapRequests {
  readonly #pages: string;
  readonly #request: MapRequest;

  constructor(run: string, request: MapRequest) {
    this.#pages = `/runs/${encodeURIComponent(run)}/pages`;
    this.#request = request;
  }

  map(position: number, signal: AbortSignal): Promise<Uint8Array> {
    return this.#get(`${position}`, signal);
  }

  difference(from: number, to: number, signal: AbortSignal): Promise<Uint8Array> {
    return this.#get(`${from}/to/${to}`, signal);
  }

  steps(from: number, to: number, signal: AbortSignal): Promise<Uint8Array> {
    return this.#get(`${from}/steps/${to}`, signal);
  }

  leaps(from: number, to: number, signal: AbortSignal): Promise<Uint8Array> {
    return this.#get(`${from}/leaps/${to}`, signal);
  }

  ages(position: number, signal: AbortSignal): Promise<Uint8Array> {
    return this.#get(`${position}/ages`, signal);
  }

  /** Undefined: the server is still executing the run again; one asks again. */
  async activity(position: number, signal: AbortSignal): Promise<Uint8Array | undefined> {
    const response = await this.#request(`${this.#pages}/${position}/activity`, { signal });
    return response.status === ACCEPTED ? undefined : new Uint8Array(await response.arrayBuffer());
  }

  async #get(address: string, signal: AbortSignal): Promise<Uint8Array> {
    const response = await this.#request(`${this.#pages}/${address}`, { signal });
    return new Uint8Array(await response.arrayBuffer());
  }
}
