import { once } from "node:events";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { ask, codesOf, send } from "../graphql/testing/graphql-client.ts";
import { openTestApi, type TestApi } from "../graphql/testing/test-api.ts";
import { WrittenRun } from "../graphql/testing/written-run.ts";

let api: TestApi;
let run: WrittenRun;

beforeAll(async () => {
  api = await openTestApi();
  run = await WrittenRun.begin(api.application);
  await run.write(20, 20);
});
afterAll(() => api.close());

/** What the server answers to these bytes, whatever they are. */
async function answerTo(bytes: string): Promise<{ status: number; code: string | undefined }> {
  const socket = connect(Number(new URL(api.server.url).port), "127.0.0.1");
  let text = "";
  socket.setEncoding("utf8").on("data", (part: string) => (text += part));
  socket.write(bytes);
  await once(socket, "close");
  const [head = "", body = ""] = text.split("\r\n\r\n");
  const { errors } = JSON.parse(body) as { errors: { message: string; extensions: { code: string } }[] };
  expect(errors[0]?.message).not.toBe("");
  return { status: Number(head.split(" ")[1]), code: errors[0]?.extensions.code };
}

/** The oracle of the statuses is RFC 9110. */
test("a subscription for a client that takes no stream is refused with a code, by GET and by POST", async () => {
  const query = `subscription { runProgress(run: "${run.id}") { status } }`;
  const posted = await ask(api.server.url, query, {}, { accept: "application/json" });
  expect([posted.status, codesOf(posted)]).toEqual([406, ["NOT_ACCEPTABLE"]]);
  expect(posted.errors?.[0]?.message).toContain("text/event-stream");
  const search = new URLSearchParams({ query }).toString();
  for (const accept of ["application/json", "application/graphql-response+json", "text/event-stream;q=0, application/*"]) {
    const got = await send(`${api.server.url}/graphql?${search}`, { headers: { accept } });
    expect([accept, got.status, codesOf(got)]).toEqual([accept, 406, ["NOT_ACCEPTABLE"]]);
  }
});

test("a client that takes nothing that is served learns what is", async () => {
  for (const accept of ["text/plain", "image/png, application/xml", "application/json;q=0"]) {
    const answer = await ask(api.server.url, "{ __typename }", {}, { accept });
    expect([accept, answer.status, codesOf(answer)]).toEqual([accept, 406, ["NOT_ACCEPTABLE"]]);
    expect(answer.errors?.[0]?.message).toContain("application/json");
  }
  for (const accept of ["*/*", "application/*", "text/html, */*;q=0.1"]) {
    expect((await ask(api.server.url, "{ __typename }", {}, { accept })).status).toBe(200);
  }
});

test("a body in another encoding or charset is refused before it is misread", async () => {
  const body = JSON.stringify({ query: "{ __typename }" });
  const post = (headers: Record<string, string>, content: BodyInit): ReturnType<typeof send> =>
    send(`${api.server.url}/graphql`, { method: "POST", headers, body: content });
  const packed = await post({ "content-type": "application/json", "content-encoding": "gzip" }, new Uint8Array(gzipSync(body)));
  expect([packed.status, codesOf(packed)]).toEqual([415, ["MEDIA_TYPE_UNSUPPORTED"]]);
  const latin = await post({ "content-type": "application/json; charset=latin1" }, body);
  expect([latin.status, codesOf(latin)]).toEqual([415, ["MEDIA_TYPE_UNSUPPORTED"]]);
  expect((await post({ "content-type": 'application/json; charset="UTF-8"' }, body)).status).toBe(200);
});

test("bytes that are no request, or none to an address, get a status, a code and a message", async () => {
  expect(await answerTo("nonsense\r\n\r\n")).toEqual({ status: 400, code: "REQUEST_INVALID" });
  const big = `GET /livez HTTP/1.1\r\nhost: localhost\r\nx: ${"y".repeat(20_000)}\r\n\r\n`;
  expect(await answerTo(big)).toEqual({ status: 431, code: "HEADERS_TOO_LARGE" });
  expect(await answerTo("GET http://[ HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")).toEqual({
    status: 400,
    code: "REQUEST_INVALID",
  });
  expect(await answerTo("GET // HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")).toEqual({ status: 404, code: "NOT_FOUND" });
  expect(await answerTo("GET /graphql?query={a} HTTP/1.1\r\nconnection: close\r\n\r\n")).toEqual({ status: 400, code: "REQUEST_INVALID" });
  expect(await answerTo("GET /graphql?query={a} HTTP/1.0\r\n\r\n")).toEqual({ status: 403, code: "HOST_REFUSED" });
});

test("every address says which methods it answers to", async () => {
  const at = `/runs/${run.id}/at/1`;
  for (const [path, allow] of [
    ["/", "GET, HEAD"],
    ["/graphql", "GET, POST"],
    ["/livez", "GET"],
    ["/metrics", "GET"],
    [at, "GET"],
  ] as const) {
    const answer = await send(`${api.server.url}${path}`, { method: "DELETE" });
    expect([path, answer.status, codesOf(answer), answer.headers.get("allow")]).toEqual([path, 405, ["METHOD_NOT_ALLOWED"], allow]);
  }
});

test("an upgrade that is no WebSocket of GraphQL is refused with a code", async () => {
  const upgrade = "GET /nowhere HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n";
  expect(await answerTo(`${upgrade}\r\n`)).toEqual({ status: 404, code: "NOT_FOUND" });
  expect(await answerTo(`${upgrade.replace("/nowhere", "/graphql")}\r\n`)).toEqual({ status: 400, code: "REQUEST_INVALID" });
  expect(await answerTo(`${upgrade.replace("/nowhere", "http://[")}\r\n`)).toEqual({ status: 400, code: "REQUEST_INVALID" });
});

/** Oracle: the close codes of the protocol graphql-transport-ws. */
test("a WebSocket that does not keep the protocol is closed with its code and a reason", async () => {
  const closed = async (protocol: string | undefined, ...messages: unknown[]): Promise<[number, string]> => {
    const socket = new WebSocket(`${api.server.url.replace("http", "ws")}/graphql`, protocol === undefined ? [] : [protocol]);
    await once(socket, "open");
    for (const message of messages) socket.send(typeof message === "string" ? message : JSON.stringify(message));
    const [code, reason] = (await once(socket, "close")) as [number, Buffer];
    return [code, reason.toString()];
  };
  const subscribe = { id: "1", type: "subscribe", payload: { query: `subscription { runProgress(run: "${run.id}") { status } }` } };
  expect(await closed(undefined)).toEqual([4406, "Subprotocol not acceptable"]);
  expect(await closed("graphql-transport-ws", "{")).toEqual([4400, expect.stringMatching(/./)]);
  expect(await closed("graphql-transport-ws", subscribe)).toEqual([4401, "Unauthorized"]);
  expect(await closed("graphql-transport-ws", { type: "connection_init" }, { type: "connection_init" })).toEqual([
    4429,
    "Too many initialisation requests",
  ]);
});
