import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@ballast/server/testing";

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => {
  await database.drop();
});

type Outcome = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

async function importPiped(words: readonly string[], pieces: readonly Uint8Array[]): Promise<Outcome> {
  const env = { ...process.env, DATABASE_URL: database.connectionString };
  const child = spawn(process.execPath, [MAIN, "import", ...words], { env, stdio: "pipe" });
  const texts = [child.stdout, child.stderr].map((stream) => stream.setEncoding("utf8").toArray() as Promise<string[]>);
  // It may end before it has read anything.
  child.stdin.on("error", () => undefined);
  for (const piece of pieces) child.stdin.write(piece);
  child.stdin.end();
  const [code] = (await once(child, "close")) as [number | null];
  const [stdout, stderr] = (await Promise.all(texts)).map((text) => text.join(""));
  return { code, stdout: stdout as string, stderr: stderr as string };
}

describe("import -", () => {
  // Oracle: the lines that were piped: five references to three pages.
  test("reads standard input, told by its content like a file, and skips padding with a note", async () => {
    const compressed = gzipSync("7\n8\n7\n9\n8\n");
    const { code, stdout } = await importPiped(["-", "--name", "piped", "--json"], [compressed, Buffer.alloc(100)]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      name: "piped",
      referenceCount: 5,
      pageCount: 3,
      reading: { notes: [expect.stringContaining("100 zero bytes of padding")] },
    });
  });

  test.each([
    ["without a name", ["-"], [], "INPUT_INVALID", "--name"],
    ["that ends immediately", ["-", "--name", "x"], [], "TRACE_INVALID", "standard input: it has no bytes"],
    ["that is cut off", ["-", "--name", "x"], [gzipSync("7\n").subarray(0, 15)], "TRACE_INVALID", "standard input, byte 15"],
  ])("refuses one %s", async (_, words, pieces, errorCode, message) => {
    const { code, stderr } = await importPiped(words, pieces);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain(`[${errorCode}]`);
    expect(stderr).not.toMatch(/\n +at /);
  });
});
