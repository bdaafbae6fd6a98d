import { once } from "node:events";
import { setImmediate as turn } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask } from "../graphql/testing/graphql-client.ts";
import { openTestApi, type TestApi } from "../graphql/testing/test-api.ts";
import { connectTo, INSIDE, KEY, readAnswers, sendBytes, upgradeTo } from "./raw-client.fixture.ts";

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const HOST = "host: localhost\r\n";
const CLOSE = "connection: close\r\n";
const QUERY = "/graphql?query={__typename}";
const BODY = '{"query":"{ __typename }"}';

const get = (target: string, lines = HOST): string => `GET ${target} HTTP/1.1\r\n${lines}${CLOSE}\r\n`;
const post = (lines: string, body: string): string =>
  `POST /graphql HTTP/1.1\r\n${HOST}${CLOSE}content-type: application/json\r\n${lines}\r\n${body}`;
const chunk = (text: string, extension = ""): string => `${text.length.toString(16)}${extension}\r\n${text}\r\n`;
const CHUNKED = "transfer-encoding: chunked\r\n";

/** `status code`, or `status` alone for what is no error. */
async function outcome(bytes: string): Promise<string> {
  const { statuses, codes, text } = await sendBytes(api.server.url, bytes);
  expect(text).not.toMatch(INSIDE);
  expect((await ask(api.server.url, "{ __typename }")).data).toEqual({ __typename: "Query" });
  return [...statuses, ...codes].join(" ");
}

/** The oracle of what is valid, and of most statuses, is RFC 9110 and RFC 9112. */
describe("a request's target and host", () => {
  test.each([
    ["//", "404 NOT_FOUND"],
    ["///", "404 NOT_FOUND"],
    ["//a:99999", "404 NOT_FOUND"],
    ["//[", "404 NOT_FOUND"],
    ["/%", "404 NOT_FOUND"],
    ["/__proto__", "404 NOT_FOUND"],
    ["/runs/%zz/at/1", "400 INPUT_INVALID"],
    ["/runs/%00/at/1", "400 INPUT_INVALID"],
    ["/runs/%ff/events?after=%ff", "404 RUN_NOT_FOUND"],
    [`/runs/${"x".repeat(5_000)}/events.ndjson?from=%zz`, "404 RUN_NOT_FOUND"],
    ["http://[", "400 REQUEST_INVALID"],
    ["http:///livez", "400 REQUEST_INVALID"],
    ["http://u:p@localhost/livez", "400 REQUEST_INVALID"],
    ["http://localhost:99999/livez", "400 REQUEST_INVALID"],
    ["https://localhost/livez", "400 REQUEST_INVALID"],
    ["foo://bar/baz", "400 REQUEST_INVALID"],
    ["*", "400 REQUEST_INVALID"],
    ["http://x/", "403 HOST_REFUSED"],
    [`http://x${QUERY}`, "403 HOST_REFUSED"],
    [`http://localhost${QUERY}`, "200"],
    [`HTTP://127.0.0.1:1${QUERY}`, "200"],
    ["http://localhost?x", "200"],
    ["http://evil.example/livez", "200"],
    [`${QUERY}&extensions=x`, "200"],
    ["/graphql?query=%ff%fe", "200 QUERY_INVALID"],
    [`${QUERY}&variables=%00`, "400 BODY_INVALID"],
  ])("%s: %s", async (target, expected) => {
    expect(await outcome(get(target))).toBe(expected);
  });

  test("an absolute target decides, and not the Host header beside it", async () => {
    expect(await outcome(get(`http://evil.example${QUERY}`))).toBe("403 HOST_REFUSED");
    expect(await outcome(get(`http://localhost${QUERY}`, "host: evil.example\r\n"))).toBe("200");
  });

  test.each([
    "[::1]evil",
    "[::1]x:80",
    "[",
    "[::1",
    "a b",
    "u@localhost",
    "localhost:99999",
    "localhost:80:80",
    "localhost/",
    "127.999.0.1",
    "\u00e9",
  ])("the Host %j is no host, for every address and for upgrades", async (host) => {
    for (const bytes of [
      get(QUERY, `host: ${host}\r\n`),
      get("/livez", `host: ${host}\r\n`),
      upgradeTo("/graphql", KEY, `host: ${host}\r\n`),
    ])
      expect(await outcome(bytes)).toBe("400 REQUEST_INVALID");
  });

  test.each(["", "localhost.evil.example", "127.1", "[::ffff:127.0.0.1]", "localhost,evil"])("the Host %j is another one", async (host) => {
    expect(await outcome(get(QUERY, `host: ${host}\r\n`))).toBe("403 HOST_REFUSED");
    expect(await outcome(get("/livez", `host: ${host}\r\n`))).toBe("200");
  });

  test("there is one Host header in HTTP/1.1, and none need be in HTTP/1.0", async () => {
    for (const hosts of ["", HOST + HOST, `${HOST}host: evil\r\n`, `host: evil\r\nHOST: localhost\r\n`]) {
      expect(await outcome(get("/livez", hosts))).toBe("400 REQUEST_INVALID");
      expect(await outcome(upgradeTo("/graphql", KEY, hosts))).toBe("400 REQUEST_INVALID");
    }
    expect(await outcome("GET /livez HTTP/1.0\r\n\r\n")).toBe("200");
    expect(await outcome(`GET ${QUERY} HTTP/1.0\r\n\r\n`)).toBe("403 HOST_REFUSED");
  });

  test.each(["//", "///", "//a:99999", "/nowhere", "/runs/%zz/at/1"])("an upgrade at %s is refused", async (target) => {
    expect(await outcome(upgradeTo(target))).toBe("404 NOT_FOUND");
  });

  test.each(["http://[", "*", "http:///graphql", "foo://x/graphql"])("an upgrade of %s is no request", async (target) => {
    expect(await outcome(upgradeTo(target))).toBe("400 REQUEST_INVALID");
  });
});

describe("methods, expectations and protocols", () => {
  test.each([
    [`OPTIONS * HTTP/1.1\r\n${HOST}${CLOSE}\r\n`, "405 METHOD_NOT_ALLOWED"],
    [`TRACE / HTTP/1.1\r\n${HOST}${CLOSE}\r\n`, "405 METHOD_NOT_ALLOWED"],
    [`TRACE /graphql HTTP/1.1\r\n${HOST}${CLOSE}\r\n`, "405 METHOD_NOT_ALLOWED"],
    [`CONNECT localhost:80 HTTP/1.1\r\n${HOST}\r\n`, "405 METHOD_NOT_ALLOWED"],
    [`CONNECT [ HTTP/1.1\r\n${HOST}\r\n`, "405 METHOD_NOT_ALLOWED"],
    [get("/livez", `${HOST}expect: 200-ok\r\n`), "417 EXPECTATION_UNSUPPORTED"],
    ["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400 REQUEST_INVALID"],
    ["\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "400 REQUEST_INVALID"],
    [get("/livez", `${HOST}x: a\r\n b\r\n`), "400 REQUEST_INVALID"],
    [get("/livez", `${HOST}x: a\0b\r\n`), "400 REQUEST_INVALID"],
    [get(`/${"x".repeat(20_000)}`), "431 HEADERS_TOO_LARGE"],
  ])("%j: %s", async (bytes, expected) => {
    expect(await outcome(bytes)).toBe(expected);
  });

  test("a protocol that is not spoken is not changed to: the request is answered as it is", async () => {
    for (const upgrade of ["h2c", "foo", "TLS/1.0, HTTP/1.1"])
      expect(await outcome(`GET /livez HTTP/1.1\r\n${HOST}upgrade: ${upgrade}\r\nconnection: upgrade, close\r\n\r\n`)).toBe("200");
  });

  test("an upgrade with a body is refused, also when its connection is reset before the body has come", async () => {
    const lines = `${KEY}content-length: 5\r\n`;
    expect(await outcome(upgradeTo("/graphql", lines))).toBe("400 REQUEST_INVALID");
    for (let times = 0; times < 20; times += 1) {
      const socket = connectTo(api.server.url);
      await once(socket, "connect");
      socket.write(upgradeTo("/nowhere", lines));
      for (let wait = 0; wait < times; wait += 1) await turn();
      socket.resetAndDestroy();
    }
    expect(await outcome(get("/livez"))).toBe("200");
  });

  test("a body that is waited for is asked for if it is wanted, and refused before it is sent if not", async () => {
    const lines = "expect: 100-continue\r\n";
    expect(await outcome(post(`${lines}content-length: 999999999\r\n`, ""))).toBe("413 BODY_TOO_LARGE");
    expect(await outcome(post(`${lines}content-encoding: gzip\r\ncontent-length: 30\r\n`, ""))).toBe("415 MEDIA_TYPE_UNSUPPORTED");
    expect(await outcome(`POST /nowhere HTTP/1.1\r\n${HOST}${lines}content-length: 9\r\n\r\n`)).toBe("404 NOT_FOUND");
    expect(await outcome(post(`${lines}content-length: ${BODY.length}\r\n`, BODY))).toBe("100 200");
  });
});

describe("bodies", () => {
  test.each([
    [`content-length: ${BODY.length}\r\n`, BODY, "200"],
    [CHUNKED, `${chunk(BODY, ';a="b"')}0\r\nx: y\r\n\r\n`, "200"],
    [CHUNKED, `${chunk(BODY)}0\r\nhost: evil\r\ncontent-length: 7\r\n\r\n`, "400 REQUEST_INVALID"],
    [CHUNKED, "zz\r\n", "400 REQUEST_INVALID"],
    [CHUNKED, "ffffffffffffffffff\r\n", "400 REQUEST_INVALID"],
    [CHUNKED, chunk(BODY, `;${"x".repeat(20_000)}`), "400 REQUEST_INVALID"],
    [`content-length: ${BODY.length}\r\ncontent-length: ${BODY.length}\r\n`, BODY, "400 REQUEST_INVALID"],
    [`content-length: 5\r\n${CHUNKED}`, `${chunk(BODY)}0\r\n\r\n`, "400 REQUEST_INVALID"],
    ["content-length: -5\r\n", BODY, "400 REQUEST_INVALID"],
    ["content-length: 26, 26\r\n", BODY, "400 REQUEST_INVALID"],
    ["content-encoding: gzip\r\ncontent-length: 4\r\n", "xxxx", "415 MEDIA_TYPE_UNSUPPORTED"],
    ["content-encoding: br, identity\r\ncontent-length: 4\r\n", "xxxx", "415 MEDIA_TYPE_UNSUPPORTED"],
    ["content-length: 4\r\n", '\xff\xfe""', "400 BODY_INVALID"],
  ])("%j %j: %s", async (lines, body, expected) => {
    expect(await outcome(post(lines, body))).toBe(expected);
  });

  test("an unread large body does not lose the answer", async () => {
    const packed = gzipSync(Buffer.from(BODY)).toString("latin1").padEnd(3_000_000, "x");
    const bytes = post(`content-encoding: gzip\r\ncontent-length: ${packed.length}\r\n`, packed).replace(CLOSE, "");
    expect(await outcome(`${bytes}${get("/livez")}`)).toBe("415 200 MEDIA_TYPE_UNSUPPORTED");
  });
});

describe("one connection", () => {
  test("answers come in the order of the requests, whatever follows them", async () => {
    const first = `GET ${QUERY} HTTP/1.1\r\n${HOST}\r\n`;
    expect(await outcome(`${first}${first}nonsense\r\n\r\n`)).toBe("200 200 400 REQUEST_INVALID");
    expect(await outcome(`${first}${upgradeTo("/nowhere")}`)).toBe("200 404 NOT_FOUND");
    expect(await outcome(`${first}CONNECT a:80 HTTP/1.1\r\nhost: a\r\n\r\n`)).toBe("200 405 METHOD_NOT_ALLOWED");
    const { text } = await sendBytes(api.server.url, `${first}${upgradeTo("/graphql", KEY)}`);
    expect(readAnswers(text).statuses).toEqual([200, 101]);
    expect(text.indexOf('"Query"')).toBeLessThan(text.indexOf("101 Switching"));
  });

  test("more requests than one may have under way are refused, and the server stays", async () => {
    const { statuses, codes } = await sendBytes(api.server.url, `${`GET ${QUERY} HTTP/1.1\r\n${HOST}\r\n`.repeat(150)}${get("/livez")}`);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(100);
    expect(new Set(codes)).toEqual(new Set(["SERVER_BUSY"]));
  });

  test("a reset is survived at every stage", async () => {
    const stages = [
      upgradeTo("/nowhere"),
      upgradeTo("/graphql"),
      upgradeTo("/graphql", KEY),
      `${upgradeTo("/graphql")}\xff\xff\xff\xff`,
      "CONNECT a:80 HTTP/1.1\r\nhost: a\r\n\r\n",
      "nonsense\r\n\r\n",
      "GET /livez HTTP/1.1\r\nho",
      post("content-length: 26\r\n", BODY),
      post("content-length: 26\r\n", "{"),
      get("/metrics").repeat(5),
      get("/graphql", `${HOST}accept: text/html\r\n`),
    ];
    for (const bytes of stages) {
      for (let waits = 0; waits < 12; waits += 1) {
        const socket = connectTo(api.server.url);
        await once(socket, "connect");
        socket.write(bytes, "latin1");
        for (let wait = 0; wait < waits; wait += 1) await turn();
        socket.resetAndDestroy();
      }
    }
    expect((await ask(api.server.url, "{ __typename }")).data).toEqual({ __typename: "Query" });
  });
});

test("a server with all its connections in use ends the longest idle one; with none idle it refuses the new one with 503", async () => {
  const { server } = await api.addServer({ maxConnections: 2 });
  const [first, second] = [connectTo(server.url), connectTo(server.url)];
  // An answer says that the server has accepted a connection; "connect" is the system's.
  for (const socket of [first, second]) {
    socket.write("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await once(socket, "data");
  }
  const firstClosed = once(first, "close");
  expect((await sendBytes(server.url, get("/livez"))).statuses).toEqual([200]);
  await firstClosed;
  // An open WebSocket is not idle.
  for (const socket of [second, connectTo(server.url)]) {
    socket.write(upgradeTo("/graphql"));
    await once(socket, "data");
  }
  expect(await sendBytes(server.url, get("/livez"))).toMatchObject({ statuses: [503], codes: ["SERVER_BUSY"] });
});
