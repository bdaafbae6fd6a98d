import fc from "fast-check";
import { KEY, PROTOCOL, upgradeTo } from "./raw-client.fixture.ts";

/** How one connection is used: what is sent, in which pieces, and how it ends. */
export type RawInput = {
  readonly bytes: Buffer;
  /** Where `bytes` is cut into pieces that are sent one after the other, as parts of its length. */
  readonly cuts: readonly number[];
  /** After the last piece: wait for an answer, close the sending side, or reset. */
  readonly end: "wait" | "close" | "reset";
};

const share = fc.double({ min: 0, max: 0.999999, noNaN: true });
const noise = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 12 });
const word = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      "a",
      "livez",
      "graphql",
      "runs",
      "events",
      "at",
      "%",
      "%zz",
      "%00",
      "..",
      "[",
      "@",
      ":",
      "99999",
      "\\",
      "?",
      "#",
      "{__typename}",
    ),
  },
  noise,
);

const authority = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("localhost", "127.0.0.1", "[::1]", "localhost:4000", "[::1]:80") },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "",
      "[",
      "[::1]evil",
      "[::1",
      "a b",
      "u:p@localhost",
      "localhost:99999",
      "localhost:",
      ":80",
      "127.999.0.1",
      "evil.example",
      "xn--a",
      "*",
    ),
  },
  { weight: 1, arbitrary: noise },
);

const SOUND_TARGETS = [
  "/",
  "/livez",
  "/readyz",
  "/graphql?query={__typename}",
  "/graphql?query=%7Bruns%7Bnodes%7Bid%7D%7D%7D&variables={}",
  "/runs/00000000-0000-4000-8000-000000000000/events",
];
const target = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...SOUND_TARGETS,
      "/graphql",
      "/nowhere",
      "*",
      "//",
      "///",
      "/runs/x/at/1",
      "/runs/x/events.ndjson?from=0&to=%zz",
    ),
  },
  { weight: 3, arbitrary: fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => `/${words.join("/")}`) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom("http://", "https://", "HTTP://", "ws://", "foo:", ""), authority, word)
      .map(([scheme, host, rest]) => `${scheme}${host}/${rest}`),
  },
  { weight: 1, arbitrary: fc.nat(20_000).map((length) => `/${"x".repeat(length)}`) },
  { weight: 1, arbitrary: noise },
);

const method = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("GET", "GET", "POST", "HEAD", "PUT", "OPTIONS", "TRACE", "CONNECT", "DELETE", "PRI", "QUERY") },
  { weight: 1, arbitrary: noise },
);

const version = fc.oneof(
  { weight: 9, arbitrary: fc.constant("HTTP/1.1") },
  { weight: 1, arbitrary: fc.constantFrom("HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/1.2", "http/1.1", "", "HTTP/9.9") },
);

const header = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "connection: keep-alive",
      "connection: close",
      "accept: application/json",
      "accept: text/event-stream",
      "accept: ;;q=,/",
      "content-type: application/json",
      "content-type: text/plain",
      "content-encoding: gzip",
      "transfer-encoding: chunked",
      "transfer-encoding: gzip",
      "content-length: 0",
      "content-length: 26",
      "content-length: -1",
      "content-length: 99999999999999999999",
      "expect: 100-continue",
      "expect: x",
      "origin: [",
      "origin: http://localhost",
      "origin: http://evil.example",
      "sec-fetch-site: cross-site",
      "authorization: Bearer x",
      "authorization: Bearer",
      "x-request-id: \u00ff",
      "last-event-id: %%",
      "te: trailers",
      "trailer: x",
      "cookie: a=b",
    ),
  },
  { weight: 1, arbitrary: authority.map((host) => `host: ${host}`) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "connection: upgrade\r\nupgrade: websocket",
      `connection: upgrade\r\nupgrade: websocket\r\n${KEY}${PROTOCOL}`.trim(),
      "connection: upgrade\r\nupgrade: h2c",
      "upgrade: websocket",
      'sec-websocket-extensions: permessage-deflate; a="',
      "sec-websocket-version: 7",
      "sec-websocket-protocol: a,,b",
    ),
  },
  { weight: 1, arbitrary: fc.tuple(noise, noise).map(([name, value]) => `${name}:${value}`) },
  { weight: 1, arbitrary: fc.constantFrom(" folded", "no colon", "a : b", ": b", "x: \0", "x: a\nb") },
);

const json = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '{"query":"{ __typename }"}',
      '{"query":"{ runs { nodes { id } } }"}',
      '{"query":"{ run(id: \\"x\\") { id } }"}',
      '{"query":"subscription { events(run: \\"x\\") { position } }"}',
      '{"query":"{ a }","variables":{"b":1}}',
      '{"query":"mutation { pauseRun(input: { run: \\"x\\" }) { __typename } }"}',
      "[]",
      "null",
      "{",
      '{"query":1}',
      '{"query":"{","operationName":"x"}',
      '{"query":"\\u0000"}',
    ),
  },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: noise },
);

const chunks = fc
  .tuple(
    json,
    fc.constantFrom("", ";a", ";a=b", ';a="b"', " "),
    fc.constantFrom("0\r\n\r\n", "0\r\nx: y\r\n\r\n", "0\r\nhost: evil\r\n\r\n", "-1\r\n", "zz\r\n", "", "fffffffffffffffff\r\n"),
  )
  .map(([text, extension, last]) => `${Buffer.byteLength(text, "latin1").toString(16)}${extension}\r\n${text}\r\n${last}`);
/** A body with the header that announces it, rightly or not. */
const body = fc.oneof(
  { weight: 4, arbitrary: fc.constant(["", ""]) },
  { weight: 4, arbitrary: json.map((text) => [`content-length: ${Buffer.byteLength(text, "latin1")}`, text]) },
  { weight: 2, arbitrary: chunks.map((text) => ["transfer-encoding: chunked", text]) },
  { weight: 1, arbitrary: fc.tuple(json, fc.integer({ min: -3, max: 40 })).map(([text, length]) => [`content-length: ${length}`, text]) },
);

/** What clients send that mean well: most of what is then mutated should be understood up to there. */
const soundRequest = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(...SOUND_TARGETS),
      fc.constantFrom("", "accept: application/json\r\n", "expect: 100-continue\r\n", "upgrade: h2c\r\nconnection: upgrade\r\n"),
    )
    .map(([address, line]) => `GET ${address} HTTP/1.1\r\nhost: localhost\r\n${line}\r\n`),
  fc.tuple(json, fc.boolean()).map(([text, isChunked]) => {
    const size = Buffer.byteLength(text, "latin1");
    const [line, sent] = isChunked
      ? ["transfer-encoding: chunked", `${size.toString(16)}\r\n${text}\r\n0\r\n\r\n`]
      : [`content-length: ${size}`, text];
    return `POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n${line}\r\n\r\n${sent}`;
  }),
  fc.constantFrom(...SOUND_TARGETS, "/graphql", "/graphql").map((address) => upgradeTo(address)),
);

const sloppyRequest = fc
  .tuple(method, target, version, authority, fc.array(header, { maxLength: 2 }), body, fc.boolean())
  .map(([verb, address, protocol, host, headers, [length = "", text = ""], typed]) => {
    const lines = [
      `${verb} ${address} ${protocol}`,
      `host: ${host}`,
      ...(typed ? ["content-type: application/json"] : []),
      ...headers,
      ...(length === "" ? [] : [length]),
    ];
    return `${lines.join("\r\n")}\r\n\r\n${text}`;
  });

const request = fc.oneof({ weight: 3, arbitrary: soundRequest }, { weight: 2, arbitrary: sloppyRequest });

type Mutation = { readonly kind: "flip" | "insert" | "remove" | "cut" | "repeat"; readonly at: number; readonly text: string };
const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom("flip", "insert", "remove", "cut", "repeat"),
  at: share,
  text: fc.oneof(noise, fc.constantFrom("\r\n", "\n", "\0", "\r\n\r\n", " ", ":", "HTTP/1.1", "\xff\xff")),
});

function mutate(bytes: Buffer, { kind, at, text }: Mutation): Buffer {
  const place = Math.floor(at * bytes.length);
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
  if (kind === "cut") return before;
  if (kind === "remove") return Buffer.concat([before, after.subarray(text.length + 1)]);
  if (kind === "repeat") return Buffer.concat([bytes, after]);
  if (kind === "insert") return Buffer.concat([before, Buffer.from(text, "latin1"), after]);
  const flipped = Buffer.from(bytes);
  if (place < flipped.length) flipped[place] = (flipped[place] as number) ^ (1 << (text.length % 8));
  return flipped;
}

const delivery = { cuts: fc.array(share, { maxLength: 3 }), end: fc.constantFrom("wait", "wait", "wait", "close", "reset") } as const;
const withMutations = (bytes: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> =>
  fc
    .tuple(bytes, fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(mutation, { maxLength: 3 }) }))
    .map(([whole, changes]) => changes.reduce(mutate, whole));

/** One to four requests, sound ones and others, one behind the other, and then changed, cut and ended in every way. */
export const rawInput: fc.Arbitrary<RawInput> = fc.record({
  bytes: withMutations(fc.array(request, { minLength: 1, maxLength: 4 }).map((requests) => Buffer.from(requests.join(""), "latin1"))),
  ...delivery,
});

const message = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '{"type":"connection_init"}',
      '{"type":"ping"}',
      '{"type":"ping","payload":{"a":1}}',
      '{"type":"pong"}',
      '{"type":"next","id":"1","payload":{}}',
      '{"type":"connection_ack"}',
      '{"type":"complete","id":"1"}',
      '{"type":"subscribe","id":"1","payload":{"query":"{ __typename }"}}',
      '{"type":"subscribe","id":"2","payload":{"query":"{ runs { nodes { id } } }"}}',
      '{"type":"subscribe","id":"1","payload":{"query":"subscription { events(run: \\"x\\") { position } }"}}',
      '{"type":"subscribe","id":"__proto__","payload":{"query":"{"}}',
      '{"type":"subscribe","id":"","payload":{"query":"{ a }"}}',
      '{"type":"subscribe","id":"3","payload":{"query":"query A { a } query B { b }","operationName":"C"}}',
      '{"type":"subscribe","id":"4","payload":{"query":"{ __typename }","variables":[1]}}',
      '{"type":"subscribe","id":"5","payload":{"query":"{ __typename }","operationName":7}}',
      '{"type":"subscribe","id":"6","payload":{"query":"fragment F on Query { __typename }"}}',
    ),
  },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: noise },
);

type Frame = {
  readonly fin: boolean;
  readonly rsv: number;
  readonly opcode: number;
  readonly isMasked: boolean;
  readonly length: number | undefined;
  readonly payload: Buffer;
};

const payload = fc.oneof(
  { weight: 5, arbitrary: message.map((text) => Buffer.from(text, "latin1")) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 130 }).map((bytes) => Buffer.from(bytes)) },
);
const frame: fc.Arbitrary<Frame> = fc.record({
  fin: fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  rsv: fc.oneof({ weight: 15, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(7) }),
  opcode: fc.oneof({ weight: 8, arbitrary: fc.constant(1) }, { weight: 3, arbitrary: fc.nat(15) }),
  isMasked: fc.oneof({ weight: 15, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  length: fc.oneof(
    { weight: 15, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom(0, 126, 70_000, 5_000_000, 2 ** 40) },
  ),
  payload,
});

/** RFC 6455, section 5.2. */
function frameBytes({ fin, rsv, opcode, isMasked, length, payload: data }: Frame): Buffer {
  const size = length ?? data.length;
  const head = Buffer.alloc(size < 126 ? 2 : size < 65_536 ? 4 : 10);
  head[0] = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  head[1] = (isMasked ? 0x80 : 0) | (size < 126 ? size : size < 65_536 ? 126 : 127);
  if (head.length === 4) head.writeUInt16BE(size, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(size), 2);
  const mask = Buffer.from([1, 2, 3, 4]);
  return isMasked
    ? Buffer.concat([head, mask, data.map((byte, index) => byte ^ (mask[index % 4] as number))])
    : Buffer.concat([head, data]);
}

export function textFrame(text: string): Buffer {
  return frameBytes({ fin: true, rsv: 0, opcode: 1, isMasked: true, length: undefined, payload: Buffer.from(text) });
}

/** Frames behind a sound upgrade. */
export const frameInput: fc.Arbitrary<RawInput> = fc.record({
  bytes: withMutations(fc.array(frame, { minLength: 1, maxLength: 6 }).map((frames) => Buffer.concat(frames.map(frameBytes)))),
  ...delivery,
});
