import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask } from "../graphql/testing/graphql-client.ts";
import { openTestApi, type TestApi } from "../graphql/testing/test-api.ts";
import { CONNECTION_LIMITS } from "./connection-limits.ts";
import { RefusedRequest } from "./http-error.ts";
import { connectTo, readAnswers, upgradeTo } from "./raw-client.fixture.ts";
import { UnfinishedBytes } from "./unfinished-bytes.ts";
import { isLongRun } from "@ballast/core/testing/case-count";

const HOST = "host: localhost\r\n";
const post = (lines: string, body: string): string =>
  `POST /graphql HTTP/1.1\r\n${HOST}content-type: application/json\r\n${lines}\r\n${body}`;

// Oracle: the sum of what was given.
test("of unfinished requests the largest is refused when all take too much, and none that has ended counts", () => {
  const refused: string[] = [];
  const unfinished = new UnfinishedBytes(100);
  const begin = (name: string): ReturnType<UnfinishedBytes["begin"]> =>
    unfinished.begin((refusal) => {
      expect(refusal).toBeInstanceOf(RefusedRequest);
      expect([refusal.code, refusal.status]).toEqual(["SERVER_BUSY", 503]);
      refused.push(name);
    });
  const [large, small, ended] = [begin("large"), begin("small"), begin("ended")];
  ended.set(90);
  ended.end();
  ended.set(1_000);
  large.set(70);
  small.set(30);
  expect(refused).toEqual([]);
  small.set(31);
  expect(refused).toEqual(["large"]);
  large.set(1_000);
  small.set(100);
  expect(refused).toEqual(["large"]);
});

/** The times are real ones, of ten seconds and more: too long for every run of the tests. */
describe.runIf(isLongRun)("clients that are slow", () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openTestApi();
  });
  afterAll(() => api.close());

  /** Sends `first`, then `more` every half second, until the server has enough of it. */
  async function trickle(first: string, more = ""): Promise<string> {
    const socket = connectTo(api.server.url);
    let text = "";
    socket.on("data", (part: Buffer) => (text += part.toString("latin1")));
    socket.write(first, "latin1");
    const drops = setInterval(() => socket.writable && socket.write(more, "latin1"), 500);
    await once(socket, "close");
    clearInterval(drops);
    const { statuses, codes } = readAnswers(text);
    const [reason] = /The message did not come to its end in time/.exec(text) ?? [];
    return [...statuses, ...codes, ...(reason === undefined ? [] : [reason])].join(" ");
  }

  // Oracle: RFC 9110, section 15.5.9, for 408; a connection that stays would let the test run into its time limit.
  test.concurrent.each([
    ["says nothing", "", "", "408 TIMED_OUT"],
    ["sends half of its headers", "GET /livez HTTP/1.1\r\nhos", "", "408 TIMED_OUT"],
    ["sends its headers byte by byte", "GET /livez HTTP/1.1\r\nx: ", "a", "408 TIMED_OUT"],
    ["sends one header after the other", "GET /livez HTTP/1.1\r\n", "a: b\r\n", "408 TIMED_OUT"],
    ["sends empty lines", "", "\r\n", "408 TIMED_OUT"],
    ["sends empty lines after a request", `GET /livez HTTP/1.1\r\n${HOST}\r\n`, "\r\n", "200"],
    ["sends nothing after a request", `GET /livez HTTP/1.1\r\n${HOST}\r\n`, "", "200"],
    ["sends half of its body", post("content-length: 26\r\n", "{"), "", "408 TIMED_OUT"],
    ["sends its body byte by byte", post("content-length: 2600\r\n", "{"), " ", "408 TIMED_OUT"],
    ["sends its body in small chunks", post("transfer-encoding: chunked\r\n", ""), "1\r\n \r\n", "408 TIMED_OUT"],
    ["sends half of a body that is refused", `POST /nowhere HTTP/1.1\r\n${HOST}content-length: 99\r\n\r\n`, "a", "404 NOT_FOUND"],
    ["opens a WebSocket and says nothing", upgradeTo("/graphql"), "", "101"],
    [
      "sends a message byte by byte",
      `${upgradeTo("/graphql")}\x81\x9a\0\0\0\0{"type":"connection_init"}\x81\xfe\xff\xff\0\0\0\0`,
      "x",
      "101 The message did not come to its end in time",
    ],
    ["sends half of a frame", `${upgradeTo("/graphql")}\x81\xfe\xff`, "", "101"],
  ])("one that %s is ended", async (_what, first, more, expected) => {
    expect(await trickle(first, more)).toBe(expected);
  });

  test("bodies that together take too much are refused, the small one is answered", async () => {
    const size = 4 * 1024 * 1024 - 1;
    const half = Buffer.concat([Buffer.from(post(`content-length: ${size}\r\n`, "")), Buffer.alloc(size - 1, " ")]);
    const count = Math.ceil(CONNECTION_LIMITS.maxUnfinishedBytes / half.length) + 4;
    const sockets = Array.from({ length: count }, () => connectTo(api.server.url));
    const first = Promise.race(sockets.map(async (socket) => String((await once(socket, "data"))[0])));
    for (const socket of sockets) socket.write(half);
    expect(readAnswers(await first)).toMatchObject({ statuses: [503], codes: ["SERVER_BUSY"] });
    expect((await ask(api.server.url, "{ __typename }")).data).toEqual({ __typename: "Query" });
    for (const socket of sockets) socket.destroy();
  });
});
