import { Agent, request } from "node:http";
import type { FollowOrder, ReaderKind, ReaderReport } from "./messages.ts";

const QUERY = `subscription($run: ID!) { events(run: $run, batchSize: 200) { position events { position type timeNs vm process fields { name value } } } }`;
const agent = new Agent({ keepAlive: false, maxSockets: Infinity });
const RETRY_MS = 300;

/** One reader, which parses as little as it must: the load is to be on the server. */
export class StreamReader {
  readonly #kind: ReaderKind;
  readonly #order: FollowOrder;
  readonly #begunMs = performance.now();
  #events = 0;
  #bytes = 0;
  #firstMs: number | null = null;
  #lastMs = performance.now();
  #longestSilenceMs = 0;
  #end: string | null = null;
  #tail = "";

  constructor(kind: ReaderKind, order: FollowOrder) {
    this.#kind = kind;
    this.#order = order;
    if (kind === "websocket") this.#openSocket();
    else this.#ask();
  }

  report(): ReaderReport {
    const silentMs = this.#end === null ? performance.now() - this.#lastMs : 0;
    return {
      kind: this.#kind,
      events: this.#events,
      bytes: this.#bytes,
      firstMs: this.#firstMs,
      longestSilenceMs: Math.max(this.#longestSilenceMs, silentMs),
      end: this.#end,
    };
  }

  #ask(): void {
    const { url, run } = this.#order;
    const isPost = this.#kind === "graphql-sse";
    const path = isPost ? "/graphql" : this.#kind === "sse" ? `/runs/${run}/events` : `/runs/${run}/events.ndjson?from=${this.#events + 1}`;
    const headers = { accept: this.#kind === "ndjson" ? "*/*" : "text/event-stream", "content-type": "application/json" };
    const asked = request(`${url}${path}`, { method: isPost ? "POST" : "GET", agent, headers }, (response) => {
      if (response.statusCode !== 200) this.#finish(`status ${response.statusCode}`);
      response.on("data", (part: Buffer) => this.#take(part.toString("latin1")));
      response.on("end", () => this.#ended());
      response.on("error", () => this.#finish("connection lost"));
    });
    asked.on("error", () => this.#finish("connection lost"));
    asked.end(isPost ? JSON.stringify({ query: QUERY, variables: { run } }) : undefined);
  }

  #openSocket(): void {
    const { url, run } = this.#order;
    const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
    socket.addEventListener("open", () => socket.send('{"type":"connection_init"}'));
    socket.addEventListener("message", ({ data }: MessageEvent<string>) => {
      if (data.startsWith('{"type":"connection_ack"'))
        socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query: QUERY, variables: { run } } }));
      else this.#take(data);
    });
    socket.addEventListener("error", () => this.#finish("connection lost"));
    socket.addEventListener("close", () => this.#finish("connection lost"));
  }

  #take(text: string): void {
    const now = performance.now();
    this.#firstMs ??= now - this.#begunMs;
    this.#longestSilenceMs = Math.max(this.#longestSilenceMs, now - this.#lastMs);
    this.#lastMs = now;
    this.#bytes += text.length;
    if (this.#kind === "ndjson") for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#events++;
    // Positions have no gaps, so that the last one is the number of events; it may be cut at the edge of a chunk.
    else this.#events = Math.max(this.#events, lastPosition(this.#tail.slice(-40) + text));
    this.#tail = text.slice(-400);
    if (this.#kind === "websocket" && (text.includes('"type":"complete"') || text.includes('"type":"error"')))
      this.#finish(codeIn(text + this.#tail) ?? "completed");
  }

  #ended(): void {
    const code = codeIn(this.#tail);
    if (code !== undefined) this.#finish(code);
    else if (this.#kind === "ndjson") setTimeout(() => this.#ask(), RETRY_MS);
    else this.#finish(/event: (end|complete)/.test(this.#tail) ? "completed" : "connection lost");
  }

  #finish(end: string): void {
    this.#end ??= end;
  }
}

/** The position that the last complete `"position":` of a text names. */
function lastPosition(text: string): number {
  const at = text.lastIndexOf('"position":');
  const digits = /^"?(\d+)["},]/.exec(text.slice(at + 11, at + 30));
  return at < 0 || digits === null ? 0 : Number(digits[1]);
}

function codeIn(text: string): string | undefined {
  return /"code":"([A-Z_]+)"/.exec(text)?.[1];
}
