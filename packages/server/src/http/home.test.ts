import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { homePage } from "./home-page.ts";
import { testScenario } from "../graphql/testing/open-application.ts";
import { send } from "../graphql/testing/graphql-client.ts";
import { openTestApi, type TestApi } from "../graphql/testing/test-api.ts";

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const html = { headers: { accept: "text/html,application/xhtml+xml,*/*;q=0.8" } };

test("a browser that opens the server's address gets a page that needs nothing from elsewhere", async () => {
  const run = await api.application.runs.startRun({ scenario: testScenario });
  const page = await send(`${api.server.url}/`, html);
  expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(page.text).toContain('href="/graphql"');
  expect(page.text).toContain(run.id);
  expect(page.text).not.toMatch(/(src|href)="(https?:)?\/\//);
  // Oracle: a browser compares the policy with the SHA-256 of the style that it finds.
  const style = /<style>([\s\S]*)<\/style>/.exec(page.text)?.[1] ?? "";
  const digest = createHash("sha256").update(style).digest("base64");
  expect(page.headers.get("content-security-policy")).toContain(`style-src 'sha256-${digest}'`);
  for (const [, path = ""] of page.text.matchAll(/href="([^"]+)"/g)) {
    expect([path, (await send(`${api.server.url}${path.replaceAll("&amp;", "&")}`, html)).status]).toEqual([path, 200]);
  }
});

test("names are shown as text", () => {
  const run = { id: "1", scenario: "<script>alert(1)</script>", policy: "a&b", status: '"' };
  const links = { graphql: "/graphql", graphiql: null, health: "/readyz", metrics: "/metrics" };
  const home = { name: "Ballast", description: "x", version: "1", needsToken: false, links, documents: {} } as const;
  const page = homePage({ ...home, latest: { runs: [run], comparison: null } });
  expect(page).toContain("<td>&lt;script&gt;alert(1)&lt;/script&gt;</td><td>a&amp;b</td><td>&quot;</td>");
});

test("a program gets the same as JSON, and HEAD its headers alone", async () => {
  await api.application.runs.startRun({ scenario: testScenario });
  const answer = await send(`${api.server.url}/`, {});
  const described = JSON.parse(answer.text) as { links: object; latest: { runs: { scenario: string }[] } };
  expect(described.links).toMatchObject({ graphql: "/graphql", graphiql: "/graphql" });
  expect(described.latest.runs[0]?.scenario).toBe(testScenario.name);
  const head = await fetch(`${api.server.url}/`, { method: "HEAD" });
  expect([head.status, await head.text(), Number(head.headers.get("content-length"))]).toEqual([200, "", answer.text.length]);
});

test("a server that asks for a token shows the page without one, and nothing of its runs", async () => {
  const { server } = await api.addServer({ host: "0.0.0.0", token: "correct-horse-battery" });
  const page = await send(`${server.url.replace("0.0.0.0", "127.0.0.1")}/`, html);
  expect(page.status).toBe(200);
  expect(page.text).toContain("with the server's token");
  expect(page.text).not.toMatch(/Newest runs|href="\/graphql|correct-horse/);
});

test("a query in the address opens GraphiQL for people, and is answered to programs", async () => {
  const address = `${api.server.url}/graphql?query=%7B__typename%7D`;
  const page = await send(address, html);
  expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  for (const accept of ["application/json", "*/*", "application/graphql-response+json"])
    expect((await send(address, { headers: { accept } })).data).toEqual({ __typename: "Query" });
});
