import { parentPort } from "node:worker_threads";
import { WebSocket } from "ws";
import type { AdversarialDocument } from "./adversarial-document.ts";

export type Asked = { readonly url: string; readonly document: AdversarialDocument };

/** What came back. Answers are counted, not kept. */
export type Told = { readonly bytes: number; readonly codes: Readonly<Record<string, number>>; readonly ms: number };

const MAX_MS = 60_000;
const KEPT_CHARACTERS = 20_000;

/** In a thread of its own, so that asking does not take from answering. */
parentPort?.on("message", (asked: Asked) => {
  const begun = performance.now();
  void answersTo(asked).then(({ bytes, codes }) => {
    parentPort?.postMessage({ bytes, codes, ms: performance.now() - begun } satisfies Told);
  });
});

class Tally {
  bytes = 0;
  readonly codes: Record<string, number> = {};

  add(text: string, bytes: number): void {
    this.bytes += bytes;
    this.count(/"code":"([A-Z_]+)"/.exec(text)?.[1] ?? "data");
  }

  count(code: string): void {
    this.codes[code] = (this.codes[code] ?? 0) + 1;
  }
}

async function answersTo({ url, document }: Asked): Promise<Tally> {
  const tally = new Tally();
  if (document.timesOverWebSocket !== undefined) {
    await askInOneSocket(url, document, document.timesOverWebSocket, tally);
    return tally;
  }
  await Promise.all(Array.from({ length: document.timesOverHttp ?? 1 }, () => askByPost(url, document, tally)));
  return tally;
}

const requestOf = (query: string, variables = "{}"): string => `{"query":${JSON.stringify(query)},"variables":${variables}}`;

async function askByPost(url: string, { query, variables }: AdversarialDocument, tally: Tally): Promise<void> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: requestOf(query, variables),
      signal: AbortSignal.timeout(MAX_MS),
    });
    let [text, bytes] = ["", 0];
    const decoder = new TextDecoder();
    for await (const part of response.body ?? []) {
      bytes += part.length;
      const piece = decoder.decode(part, { stream: true });
      text = bytes <= KEPT_CHARACTERS ? text + piece : text.slice(0, KEPT_CHARACTERS / 2) + piece.slice(-KEPT_CHARACTERS / 2);
    }
    tally.add(text, bytes);
  } catch (error) {
    tally.count(error instanceof Error && error.name === "TimeoutError" ? "no answer" : `refused: ${String(error)}`);
  }
}

/** All operations simultaneously; ends when each has answered once. */
function askInOneSocket(url: string, { query, variables }: AdversarialDocument, count: number, tally: Tally): Promise<void> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url.replace("http", "ws"), "graphql-transport-ws");
    const waiting = new Set<string>();
    const end = setTimeout(() => finish("no answer"), MAX_MS);
    const finish = (code?: string): void => {
      if (code !== undefined) for (let i = waiting.size; i > 0; i--) tally.count(code);
      waiting.clear();
      clearTimeout(end);
      socket.terminate();
      resolve();
    };
    socket.on("open", () => socket.send(JSON.stringify({ type: "connection_init" })));
    socket.on("close", (code) => finish(`closed ${code}`));
    socket.on("error", () => finish("closed"));
    socket.on("message", (data: Buffer) => {
      const message = JSON.parse(data.toString()) as { type: string; id?: string };
      if (message.type === "connection_ack") {
        for (let id = 0; id < count; id++) {
          waiting.add(String(id));
          socket.send(`{"id":"${id}","type":"subscribe","payload":${requestOf(query, variables)}}`);
        }
      }
      if (message.id === undefined || !waiting.delete(message.id)) return;
      tally.add(data.toString(), data.length);
      if (waiting.size === 0) finish();
    });
  });
}
