import { once } from "node:events";
import { createServer, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { ERROR_CODES } from "@ballast/core/errors";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { ask, askByGet, codesOf, send } from "../graphql/testing/graphql-client.ts";
import { openTestApi, type TestApi } from "../graphql/testing/test-api.ts";
import { WrittenRun } from "../graphql/testing/written-run.ts";
import { createHttpServer } from "./create-http-server.ts";

let api: TestApi;
let run: WrittenRun;

beforeAll(async () => {
  api = await openTestApi({ limits: { maxBodyBytes: 100_000 } });
  run = await WrittenRun.begin(api.application);
  await run.write(2_000, 500);
});
afterAll(() => api.close());

/** fetch sets Host and Origin by itself; this sends what it is told. */
function rawRequest(path: string, headers: Record<string, string>, method = "GET"): Promise<{ status: number; code: string | undefined }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${api.server.url}${path}`, { headers, method }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("end", () => {
        const code = text.startsWith("{")
          ? (JSON.parse(text) as { errors?: { extensions: { code: string } }[] }).errors?.[0]?.extensions.code
          : undefined;
        resolve({ status: response.statusCode ?? 0, code });
      });
    });
    sent.on("error", reject).end();
  });
}

test("a page that gave this machine a name of its own is refused by the Host header", async () => {
  expect(await rawRequest("/graphql?query={__typename}", { host: "evil.example:4000" })).toEqual({
    status: 403,
    code: "HOST_REFUSED",
  });
  expect(await rawRequest("/graphql?query={__typename}", { host: "127.0.0.1.evil.example" })).toEqual({
    status: 403,
    code: "HOST_REFUSED",
  });
  expect((await rawRequest("/graphql?query={__typename}", { host: "localhost:4000" })).status).toBe(200);
  expect((await rawRequest("/graphql?query={__typename}", { host: "[::1]:4000" })).status).toBe(200);
  // Probes come by address, whatever it is.
  expect((await rawRequest("/livez", { host: "10.1.2.3" })).status).toBe(200);
});

test("pages of other origins are refused, for HTTP and for WebSockets, and get no CORS headers", async () => {
  const { host } = new URL(api.server.url);
  const foreign = { host, origin: "https://evil.example" };
  expect(await rawRequest("/graphql?query={__typename}", foreign)).toEqual({ status: 403, code: "ORIGIN_REFUSED" });
  expect(await rawRequest("/graphql", foreign, "OPTIONS")).toEqual({ status: 403, code: "ORIGIN_REFUSED" });
  // Another port of this machine is another origin, and sends no Origin header with a plain GET.
  expect(
    (
      await rawRequest("/graphql?query={__typename}", {
        host,
        "sec-fetch-site": "same-site",
        "sec-fetch-mode": "no-cors",
      })
    ).code,
  ).toBe("ORIGIN_REFUSED");
  expect((await rawRequest("/graphql?query={__typename}", { host, origin: `http://${host}` })).status).toBe(200);
  const socket = new WebSocket(`${api.server.url.replace("http", "ws")}/graphql`, "graphql-transport-ws", {
    origin: "https://evil.example",
  });
  const [error] = (await once(socket, "error")) as [Error];
  expect(error.message).toContain("403");
  const own = await fetch(`${api.server.url}/graphql?query={__typename}`);
  expect(own.headers.get("access-control-allow-origin")).toBeNull();
});

test("forms cannot run mutations: only application/json is taken", async () => {
  const mutation = 'mutation { deleteRun(input: { run: "x" }) { __typename } }';
  for (const type of ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "application/graphql"]) {
    const answer = await send(`${api.server.url}/graphql`, {
      method: "POST",
      headers: { "content-type": type },
      body: `query=${mutation}`,
    });
    expect([answer.status, codesOf(answer)]).toEqual([415, ["MEDIA_TYPE_UNSUPPORTED"]]);
  }
  const byGet = await askByGet(api.server.url, mutation);
  expect([byGet.status, codesOf(byGet)]).toEqual([405, ["METHOD_NOT_ALLOWED"]]);
});

test("a body that is no JSON, or JSON of another form, says what is wrong with it", async () => {
  const post = (body: string): ReturnType<typeof send> =>
    send(`${api.server.url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body });
  for (const [body, description] of [
    ['{"query": ', "is not JSON"],
    ["", "empty"],
    ["[]", "a list"],
    ["null", "null"],
    ["{}", "`query` is missing"],
    ['{"query": "{__typename}", "variables": [1]}', "`variables`"],
    ['{"query": "{__typename}", "operationName": 7}', "`operationName`"],
    ['{"query": "{__typename}", "variables": {"a": 1, "a": 2}}', "/variables/a is given more than once"],
  ] as const) {
    const answer = await post(body);
    expect([answer.status, codesOf(answer)]).toEqual([400, ["BODY_INVALID"]]);
    expect(answer.errors?.[0]?.message).toContain(description);
  }
  const answer = await send(`${api.server.url}/graphql?query={__typename}&variables={`, {});
  expect([answer.status, codesOf(answer)]).toEqual([400, ["BODY_INVALID"]]);
});

test("a body beyond the limit is refused, whether it announces its length or comes in pieces without end", async () => {
  const announced = await send(`${api.server.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "x".repeat(200_000) }),
  });
  expect([announced.status, codesOf(announced)]).toEqual([413, ["BODY_TOO_LARGE"]]);
  const { port } = new URL(api.server.url);
  const socket = connect(Number(port), "127.0.0.1");
  socket.write("POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n");
  // Two pieces go beyond the limit, and no end follows. More of them would meet a closed connection, and the write error
  // could come before the answer is read.
  const piece = `10000\r\n${"x".repeat(0x10000)}\r\n`;
  socket.write(piece.repeat(2));
  const [answer] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  expect(answer.toString()).toContain("HTTP/1.1 413");
  expect(answer.toString()).toContain("BODY_TOO_LARGE");
});

test("unknown addresses and methods have codes, and every answer has a request id", async () => {
  const nowhere = await send(`${api.server.url}/nowhere`, {});
  expect([nowhere.status, codesOf(nowhere)]).toEqual([404, ["NOT_FOUND"]]);
  const put = await send(`${api.server.url}/graphql`, { method: "PUT" });
  expect([put.status, codesOf(put), put.headers.get("allow")]).toEqual([405, ["METHOD_NOT_ALLOWED"], "GET, POST"]);
  expect(put.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  const given = await send(`${api.server.url}/livez`, { headers: { "x-request-id": "my-own.7" } });
  expect(given.headers.get("x-request-id")).toBe("my-own.7");
});

test("a run that does not exist is null in a query, a Failure in a mutation, and 404 by its address", async () => {
  const id = "00000000-0000-4000-8000-000000000000";
  const missing = await ask(api.server.url, `{ run(id: "${id}") { id } }`);
  expect([missing.data, codesOf(missing)]).toEqual([{ run: null }, ["RUN_NOT_FOUND"]]);
  const mutation = `mutation { pauseRun(input: { run: "${id}" }) { __typename ... on Error { code message } } }`;
  expect((await ask(api.server.url, mutation)).data.pauseRun).toMatchObject({
    __typename: "Failure",
    code: "RUN_NOT_FOUND",
  });
  for (const path of ["at/1", "events", "events.ndjson"]) {
    const answer = await send(`${api.server.url}/runs/${id}/${path}`, {});
    expect([answer.status, codesOf(answer)]).toEqual([404, ["RUN_NOT_FOUND"]]);
  }
  const subscription = await ask(api.server.url, `subscription { events(run: "${id}") { position } }`, {}, { accept: "text/event-stream" });
  expect(subscription.text).toContain('"code":"RUN_NOT_FOUND"');
});

test("an expected failure lists every problem of the input with its path", async () => {
  const query =
    "mutation($input: StartRunInput!) { startRun(input: $input) { ... on Failure { code problems { path message } } ... on RunPayload { run { id } } } }";
  const { data } = await ask(api.server.url, query, {
    input: { scenario: { json: { name: "x", host: { framePages: -1 } } } },
  });
  expect(data.startRun.code).toBe("SCENARIO_INVALID");
  expect(data.startRun.problems.map(({ path }: { path: string }) => path)).toContain("/host/framePages");
  const parameters = await ask(api.server.url, query, {
    input: { scenario: { name: "tiny" }, parameters: { calmNs: 0 } },
  });
  expect(parameters.data.startRun).toMatchObject({
    code: "POLICY_PARAMETER_INVALID",
    problems: [{ path: "/parameters/calmNs" }],
  });
});

test("the same idempotency key and input give the same run, another input a conflict", async () => {
  const query = "mutation($input: StartRunInput!) { startRun(input: $input) { ... on Failure { code } ... on RunPayload { run { id } } } }";
  const input = { scenario: { name: "tiny" }, seed: "5", idempotencyKey: "key-1" };
  const [first, second] = [await ask(api.server.url, query, { input }), await ask(api.server.url, query, { input })];
  expect(second.data.startRun.run.id).toBe(first.data.startRun.run.id);
  const other = await ask(api.server.url, query, { input: { ...input, seed: "6" } });
  expect(other.data.startRun).toEqual({ code: "IDEMPOTENCY_CONFLICT" });
});

test("what should not happen is masked, and says under which request id the log has it", async () => {
  const broken = await openTestApi({ logger: (await import("pino")).pino({ level: "silent" }) });
  Object.assign(broken.application.scenarios, { listScenarios: () => Promise.reject(new Error("secret inside")) });
  const answer = await ask(broken.server.url, "{ scenarios { name } }");
  expect(codesOf(answer)).toEqual(["INTERNAL"]);
  expect(answer.text).not.toContain("secret");
  expect(answer.errors?.[0]?.message).toContain(answer.headers.get("x-request-id"));
  await broken.close();
});

test("every code that this file saw, and every code at all, is in the schema's enum", async () => {
  const { data } = await ask(api.server.url, '{ type: __type(name: "ErrorCode") { enumValues { name } } }');
  expect(data.type.enumValues.map(({ name }: { name: string }) => name).sort()).toEqual(Object.keys(ERROR_CODES).sort());
});

test("health, readiness and metrics answer, and readiness follows the database", async () => {
  expect((await send(`${api.server.url}/livez`, {})).text).toBe("ok\n");
  expect((await send(`${api.server.url}/readyz`, {})).status).toBe(200);
  const metrics = await send(`${api.server.url}/metrics`, {});
  expect(metrics.text).toContain('ballast_http_request_seconds_count{route="/livez",method="GET",status="200"}');
  expect(metrics.text).toMatch(/ballast_graphql_phase_seconds_count\{phase="execute"\} [1-9]/);
  const cut = await openTestApi();
  await cut.application.pool.end();
  const ready = await send(`${cut.server.url}/readyz`, {});
  expect([ready.status, codesOf(ready)]).toEqual([503, ["DATABASE_UNREACHABLE"]]);
  await cut.server.close();
});

test("beyond loopback the server is closed without a token", async () => {
  await expect(createHttpServer(api.application, { host: "0.0.0.0", port: 0 })).rejects.toMatchObject({
    code: "INPUT_INVALID",
  });
  const { server } = await api.addServer({ host: "0.0.0.0", token: "correct-horse-battery" });
  const url = server.url.replace("0.0.0.0", "127.0.0.1");
  const refused = await ask(url, "{ __typename }");
  expect([refused.status, codesOf(refused), refused.headers.get("www-authenticate")]).toEqual([401, ["TOKEN_INVALID"], "Bearer"]);
  expect((await ask(url, "{ __typename }", {}, { authorization: "Bearer wrong" })).status).toBe(401);
  expect((await ask(url, "{ __typename }", {}, { authorization: "Bearer correct-horse-battery" })).data).toEqual({
    __typename: "Query",
  });
  expect((await send(`${url}/livez`, {})).status).toBe(200);
  expect((await send(`${url}/metrics`, {})).status).toBe(401);
  const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  await once(socket, "open");
  socket.send(JSON.stringify({ type: "connection_init", payload: { token: "wrong" } }));
  const [code] = (await once(socket, "close")) as [number];
  // Oracle: the graphql-transport-ws protocol: 4403 Forbidden.
  expect(code).toBe(4403);
});

test("GraphiQL comes whole, without anything from elsewhere, and on loopback only", async () => {
  const page = await send(`${api.server.url}/graphql`, { headers: { accept: "text/html" } });
  expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(page.text).toContain("YogaGraphiQL.renderYogaGraphiQL(");
  const html = page.text.replaceAll(/<script>[\s\S]*?<\/script>|<style>[\s\S]*?<\/style>/g, "");
  expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
  expect(page.text).not.toMatch(/<script[^>]+src=/);
  const { server } = await api.addServer({ host: "0.0.0.0", token: "correct-horse-battery" });
  const beyond = await send(`${server.url.replace("0.0.0.0", "127.0.0.1")}/graphql`, {
    headers: { accept: "text/html" },
  });
  expect([beyond.status, codesOf(beyond)]).toEqual([401, ["TOKEN_INVALID"]]);
});

test("a port that is taken says so, and what to do", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  await expect(createHttpServer(api.application, { host: "127.0.0.1", port })).rejects.toMatchObject({
    code: "PORT_TAKEN",
    message: expect.stringContaining(`port ${port} of 127.0.0.1`),
  });
  other.close();
});
