import type { Answer } from "./graphql-client.ts";

export type StreamMessage = { readonly id: string; readonly event: string; readonly data: string };

/** Reads a stream of server-sent events as the HTML standard has it; leaving the loop ends the connection. */
export async function* readEventStream(
  url: string,
  headers: Record<string, string> = {},
  init: RequestInit = {},
): AsyncGenerator<StreamMessage, void, void> {
  const controller = new AbortController();
  const response = await fetch(url, {
    ...init,
    headers: { accept: "text/event-stream", ...headers },
    signal: controller.signal,
  });
  if (response.body === null) return;
  const decoder = new TextDecoder();
  let rest = "";
  let id = "";
  try {
    for await (const bytes of response.body) {
      rest += decoder.decode(bytes, { stream: true });
      const blocks = rest.split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const fields = Object.fromEntries(
          block
            .split("\n")
            .filter((line) => line !== "" && !line.startsWith(":"))
            .map(splitLine),
        );
        id = fields.id ?? id;
        if (fields.data !== undefined) yield { id, event: fields.event ?? "message", data: fields.data };
      }
    }
  } finally {
    controller.abort();
  }
}

function splitLine(line: string): [string, string] {
  const colon = line.indexOf(":");
  return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
}

/** The results of a subscription over server-sent events (one connection per operation). */
export async function* readSubscription(url: string, query: string, variables: object): AsyncGenerator<Answer, void, void> {
  const init = { method: "POST", body: JSON.stringify({ query, variables }) };
  for await (const { event, data } of readEventStream(`${url}/graphql`, { "content-type": "application/json" }, init)) {
    if (event === "complete") return;
    yield JSON.parse(data) as Answer;
  }
}
