import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sendBytes } from "./raw-client.fixture.ts";
import { openTestApi, type TestApi } from "../graphql/testing/test-api.ts";

const HTML = "text/html,application/xhtml+xml,*/*;q=0.8";
const DOCUMENT = '<!doctype html><script type="module" src="/assets/index-abc.js"></script>';
const SCRIPT = `console.log(${JSON.stringify("x".repeat(5_000))});`;

let folder: string;
let api: TestApi;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ballast-page-"));
  mkdirSync(join(folder, "page/assets"), { recursive: true });
  writeFileSync(join(folder, "page/index.html"), DOCUMENT);
  writeFileSync(join(folder, "page/assets/index-abc.js"), SCRIPT);
  writeFileSync(join(folder, "page/secret.js"), "nobody asked for this");
  const page = { folder: pathToFileURL(`${folder}/page/`), isScreen: (path: string) => path === "/" || path === "/runs/1" };
  api = await openTestApi({ page });
});

afterAll(async () => {
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

async function get(path: string, init: RequestInit = {}): Promise<Response> {
  return await fetch(`${api.server.url}${path}`, init);
}

test("a browser that opens a screen's address gets the page, which may load nothing from elsewhere", async () => {
  for (const path of ["/", "/runs/1?at=7"]) {
    const answer = await get(path, { headers: { accept: HTML } });
    expect([answer.status, await answer.text()]).toEqual([200, DOCUMENT]);
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; /);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  }
  const head = await get("/", { method: "HEAD", headers: { accept: HTML } });
  expect([head.status, await head.text(), head.headers.get("content-length")]).toEqual([200, "", String(DOCUMENT.length)]);
});

test("a program finds at a screen's address what it found there without the page", async () => {
  const home = await get("/", { headers: { accept: "*/*" } });
  expect(await home.json()).toMatchObject({ name: "Ballast" });
  const none = await get("/runs/1", { headers: { accept: "application/json" } });
  expect([none.status, await none.json()]).toMatchObject([404, { errors: [{ extensions: { code: "NOT_FOUND" } }] }]);
});

test("an address without a screen is not found, for browsers too", async () => {
  expect((await get("/nowhere", { headers: { accept: HTML } })).status).toBe(404);
});

// Oracle: what was written to the files above.
test("assets are kept for ever, and packed for whoever takes that", async () => {
  const plain = await get("/assets/index-abc.js", { headers: { "accept-encoding": "identity" } });
  expect([await plain.text(), plain.headers.get("content-type")]).toEqual([SCRIPT, "text/javascript; charset=utf-8"]);
  expect(plain.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  const request = "GET /assets/index-abc.js HTTP/1.1\r\nhost: localhost\r\naccept-encoding: gzip\r\nconnection: close\r\n\r\n";
  const { text } = await sendBytes(api.server.url, request);
  const [head = "", body = ""] = text.split(/\r\n\r\n([\s\S]*)/);
  expect(head).toMatch(/content-encoding: gzip/i);
  expect(gunzipSync(Buffer.from(body, "latin1")).toString()).toBe(SCRIPT);
});

test.each([
  "/assets/absent.js",
  "/assets/..%2Fsecret.js",
  "/assets/%2e%2e%2fsecret.js",
  "/assets/.js",
  "/assets/index-abc.exe",
  "/assets/",
])("%s is not found", async (path) => {
  const { status, headers } = await get(path);
  expect([status, headers.get("cache-control")]).toEqual([404, null]);
});

test("a page that was built again is shown without a restart", async () => {
  const newer = DOCUMENT.replace("abc", "def");
  writeFileSync(join(folder, "page/index.html"), newer);
  writeFileSync(join(folder, "page/assets/index-def.js"), "1");
  expect(await (await get("/", { headers: { accept: HTML } })).text()).toBe(newer);
  expect(await (await get("/assets/index-def.js")).text()).toBe("1");
  writeFileSync(join(folder, "page/index.html"), DOCUMENT);
});

test("a server whose page was never built has the small page", async () => {
  const { server } = await api.addServer({ page: { folder: pathToFileURL(`${folder}/nothing/`), isScreen: () => true } });
  const answer = await fetch(`${server.url}/`, { headers: { accept: HTML } });
  expect(await answer.text()).toContain("<h1>Ballast</h1>");
});

test("a server that asks for a token shows the page and its assets without one, and no data", async () => {
  const page = { folder: pathToFileURL(`${folder}/page/`), isScreen: () => true };
  const { server } = await api.addServer({ page, host: "0.0.0.0", token: "correct-horse-battery" });
  const url = server.url.replace("0.0.0.0", "127.0.0.1");
  const statuses = await Promise.all(
    ["/", "/assets/index-abc.js", "/graphql?query=%7Bruns%7BtotalCount%7D%7D"].map(async (path) => {
      const accept = path === "/" ? HTML : "*/*";
      return (await fetch(`${url}${path}`, { headers: { accept } })).status;
    }),
  );
  expect(statuses).toEqual([200, 200, 401]);
});
