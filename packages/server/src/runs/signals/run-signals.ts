import pg from "pg";
import { HEADS_CHANNEL } from "../../event-store/index.ts";
import { RUNS_CHANNEL, type RunSignal } from "./channel.ts";

/**
 * `head`: the run's head has moved. `all`: signals may have been missed, so that everything is to be looked at.
 * `run` is 0 for `all`.
 */
export type HeardSignal = { readonly what: RunSignal | "head" | "all"; readonly run: number };

const FIRST_RETRY_MS = 100;
const MAX_RETRY_MS = 2_000;

/**
 * The one connection of a process that listens to what happens to runs, on this server or another. Its messages are
 * hints: code that depends on them also polls slowly.
 */
export class RunSignals {
  readonly #connectionString: string;
  readonly #listeners = new Set<(signal: HeardSignal) => void>();
  #client: pg.Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #retryMs = FIRST_RETRY_MS;
  #isClosed = false;
  #connecting: Promise<void>;

  constructor(connectionString: string) {
    this.#connectionString = connectionString;
    this.#connecting = this.#connect();
  }

  /** Returns what ends it. */
  listen(listener: (signal: HeardSignal) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    await this.#connecting;
    await this.#client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#connectionString,
      application_name: "ballast signals",
      keepAlive: true,
    });
    client.on("error", () => this.#lose(client));
    client.on("end", () => this.#lose(client));
    client.on("notification", ({ channel, payload }) => this.#hear(channel, payload ?? ""));
    this.#client = client;
    try {
      await client.connect();
      await client.query(`listen ${HEADS_CHANNEL}`);
      await client.query(`listen ${RUNS_CHANNEL}`);
      this.#retryMs = FIRST_RETRY_MS;
      this.#tell({ what: "all", run: 0 });
    } catch {
      this.#lose(client);
    }
  }

  #lose(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    client.end().catch(() => undefined);
    if (this.#isClosed) return;
    this.#retry = setTimeout(() => {
      this.#connecting = this.#connect();
    }, this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, MAX_RETRY_MS);
  }

  #hear(channel: string, payload: string): void {
    const [first = "", second = ""] = payload.split(":");
    if (channel === HEADS_CHANNEL) this.#tell({ what: "head", run: Number(first) });
    else this.#tell({ what: first as RunSignal, run: Number(second) });
  }

  #tell(signal: HeardSignal): void {
    for (const listener of this.#listeners) listener(signal);
  }
}
