import { once } from "node:events";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allows, createToken, listTokens, revokeToken, type Scope, SCOPE_NAMES, SCOPES } from "../access/index.ts";
import { scopeOf } from "../graphql/engine/use-scopes.ts";
import { schema } from "../graphql/schema.ts";
import { ask, codesOf, send } from "../graphql/testing/graphql-client.ts";
import { openTestApi, type TestApi } from "../graphql/testing/test-api.ts";

/** Mutations that lose or remake something: the oracle is SECURITY.md. */
const ADMINISTERS = ["deleteComparison", "deleteExperiment", "deleteRun", "deleteTrace", "rebuildProjections"];

let api: TestApi;
let url: string;
let secrets: Record<Scope, string>;

beforeAll(async () => {
  api = await openTestApi();
  const { pool } = api.application;
  const make = (scope: Scope): Promise<string> => createToken(pool, { name: scope, scope, expiresAt: null });
  secrets = { read: await make("read"), run: await make("run"), administer: await make("administer") };
  const { server } = await api.addServer({ host: "0.0.0.0" });
  url = server.url.replace("0.0.0.0", "127.0.0.1");
});
afterAll(async () => await api.close());

const bearer = (secret: string): Record<string, string> => ({ authorization: `Bearer ${secret}` });

describe("what a token allows", () => {
  test("SECURITY.md says the same", () => {
    const text = readFileSync(new URL("../../../../SECURITY.md", import.meta.url), "utf8");
    for (const [scope, description] of Object.entries(SCOPES)) expect(text).toContain(`| \`${scope}\` | ${description} |`);
  });

  test("every mutation declares it, and no scope can do more than those above it", () => {
    const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
    expect(mutations.filter(({ extensions }) => extensions["scope"] === undefined)).toEqual([]);
    const administering = mutations.filter(({ name }) => scopeOf(schema, name) === "administer");
    expect(administering.map(({ name }) => name).sort()).toEqual(ADMINISTERS);
    expect(mutations.some(({ name }) => scopeOf(schema, name) === "read")).toBe(false);
    expect(SCOPE_NAMES.map((given) => SCOPE_NAMES.filter((needed) => allows(given, needed)))).toEqual([
      ["read"],
      ["read", "run"],
      ["read", "run", "administer"],
    ]);
  });

  test.each([
    ["read", { runs: false, deletes: false }],
    ["run", { runs: true, deletes: false }],
    ["administer", { runs: true, deletes: true }],
  ] as const)("%s", async (scope, { runs, deletes }) => {
    const isAllowed = async (document: string): Promise<boolean> => {
      const codes = codesOf(await ask(url, document, {}, bearer(secrets[scope])));
      if (codes.length > 0) expect(codes).toEqual(["SCOPE_MISSING"]);
      return codes.length === 0;
    };
    expect(await isAllowed("{ runs(first: 1) { nodes { id } } }")).toBe(true);
    expect(await isAllowed('mutation { pauseRun(input: { run: "none" }) { __typename } }')).toBe(runs);
    expect(await isAllowed('mutation { deleteRun(input: { run: "none" }) { __typename } }')).toBe(deletes);
    expect((await send(`${url}/metrics`, { headers: bearer(secrets[scope]) })).status).toBe(200);
  });

  test("a document is refused whole, also if the mutation hides in fragments, and says what it needs", async () => {
    const document = `
      mutation { ...Outer }
      fragment Outer on Mutation { verifyRun(input: { run: "none" }) { __typename } ... on Mutation { ...Inner } }
      fragment Inner on Mutation { other: deleteRun(input: { run: "none" }) { __typename } }`;
    const accept = "application/graphql-response+json";
    const answer = await ask(url, document, {}, { ...bearer(secrets.run), accept });
    expect([answer.status, codesOf(answer)]).toEqual([403, ["SCOPE_MISSING"]]);
    expect(answer.text).toContain("deleteRun needs a token of the scope administer, and this one's is run");
  });

  test("the same over a WebSocket", async () => {
    const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
    await once(socket, "open");
    socket.send(JSON.stringify({ type: "connection_init", payload: { token: secrets.read } }));
    await once(socket, "message");
    const query = 'mutation { stopRun(input: { run: "none" }) { __typename } }';
    socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query } }));
    const [{ data }] = (await once(socket, "message")) as [MessageEvent<string>];
    expect(data).toContain("SCOPE_MISSING");
    socket.close();
  });
});

describe("tokens", () => {
  test("beyond loopback the server starts with one of the database, and not when the last has expired", async () => {
    const other = await openTestApi();
    const opening = other.addServer({ host: "0.0.0.0" });
    await expect(opening).rejects.toMatchObject({
      code: "INPUT_INVALID",
      message: expect.stringContaining("ballast token create") as string,
    });
    await createToken(other.application.pool, { name: "old", scope: "read", expiresAt: new Date(Date.now() - 1000) });
    await expect(other.addServer({ host: "0.0.0.0" })).rejects.toMatchObject({ code: "INPUT_INVALID" });
    await createToken(other.application.pool, { name: "new", scope: "read", expiresAt: null });
    await other.addServer({ host: "0.0.0.0" });
    await other.close();
  });

  test("one that has expired is not let in", async () => {
    const secret = await createToken(api.application.pool, { name: "expired", scope: "read", expiresAt: new Date(Date.now() - 1) });
    expect((await ask(url, "{ __typename }", {}, bearer(secret))).status).toBe(401);
  });

  test("a WebSocket ends when its token does", async () => {
    const expiresAt = new Date(Date.now() + 1_500);
    const secret = await createToken(api.application.pool, { name: "short", scope: "read", expiresAt });
    const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
    await once(socket, "open");
    socket.send(JSON.stringify({ type: "connection_init", payload: { token: secret } }));
    // Oracle: the graphql-transport-ws protocol: 4403 Forbidden.
    const [{ code }] = (await once(socket, "close")) as [CloseEvent];
    expect(code).toBe(4403);
    expect(Date.now()).toBeGreaterThanOrEqual(expiresAt.getTime());
  });

  test("are kept as hashes only, and those that were revoked are gone", async () => {
    const { pool } = api.application;
    const secret = await createToken(pool, { name: "gone", scope: "read", expiresAt: null });
    const { rows } = await pool.query<{ all: string }>("select string_agg(api_tokens::text, ' ') as all from api_tokens");
    expect(rows[0]?.all).not.toContain(secret.slice(8, 20));
    expect((await listTokens(pool)).map(({ name }) => name)).toContain("gone");
    await revokeToken(pool, "gone");
    expect((await ask(url, "{ __typename }", {}, bearer(secret))).status).toBe(401);
    await expect(revokeToken(pool, "gone")).rejects.toMatchObject({ code: "INPUT_INVALID" });
    await expect(createToken(pool, { name: "read", scope: "run", expiresAt: null })).rejects.toThrow("There is a token read already");
    await expect(createToken(pool, { name: "a b", scope: "run", expiresAt: null })).rejects.toThrow("cannot be a token's name");
  });

  test("of the environment are refused where they can be guessed, without being repeated", async () => {
    const opening = api.addServer({ host: "0.0.0.0", token: "hunter2" });
    await expect(opening).rejects.toThrow(/^BALLAST_TOKEN has 7 characters(?!.*hunter)/);
  });
});
