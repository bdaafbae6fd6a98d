import { execFileSync } from "node:child_process";
import { appendFile, mkdtemp, open, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSource } from "./trace-source.ts";

/** Of POSIX. */
const MAKE_PIPE = "mkfifo";
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ballast-sources-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** All bytes of a file; `onPiece` is called after each piece. */
async function readAll(file: string, onPiece?: () => Promise<unknown>): Promise<string> {
  const source = await openSource(file);
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of source.bytes) {
      pieces.push(piece);
      await onPiece?.();
    }
  } finally {
    source.close();
  }
  return Buffer.concat(pieces).toString();
}

describe("a file", () => {
  test.each([
    ["grows", (file: string) => appendFile(file, "L 9\n")],
    ["shrinks", (file: string) => truncate(file, 2)],
    ["is written anew", (file: string) => writeFile(file, "S 1\n".repeat(600_000))],
  ])("that %s while it is read is refused", async (_, change) => {
    const file = join(folder, "changing");
    await writeFile(file, "L 1\n".repeat(600_000));
    await expect(readAll(file, () => change(file))).rejects.toMatchObject({
      code: "TRACE_INVALID",
      reason: "file-changed",
      message: expect.stringContaining("it had 2400000 bytes at first"),
    });
  });

  test("without a size may have content, as in /proc", async () => {
    expect(await readAll("/proc/self/status")).toMatch(/^Name:/);
  });

  test("that cannot be read, or opened, is refused by its name and the reason", async () => {
    await expect(readAll("/proc/self/mem")).rejects.toMatchObject({
      reason: "file-missing",
      message: expect.stringMatching(/mem: it cannot be read: EIO/),
    });
    const below = join(folder, "file", "below");
    await writeFile(join(folder, "file"), "");
    await expect(readAll(below)).rejects.toMatchObject({
      reason: "file-missing",
      message: expect.stringContaining("cannot be opened: ENOTDIR"),
    });
  });
});

describe("a pipe with a name", () => {
  test("is read to the end of its writer, who may come late and pause", async () => {
    const pipe = join(folder, "pipe");
    execFileSync(MAKE_PIPE, [pipe]);
    const reading = readAll(pipe);
    const writer = await open(pipe, "w");
    await writer.write("L 1\n");
    await new Promise((resolve) => setTimeout(resolve, 20));
    await writer.write("L 2\n");
    await writer.close();
    expect(await reading).toBe("L 1\nL 2\n");
  });

  test("without a writer can be given up", async () => {
    const pipe = join(folder, "silent");
    execFileSync(MAKE_PIPE, [pipe]);
    const source = await openSource(pipe);
    const reading = source.bytes[Symbol.asyncIterator]().next();
    setTimeout(() => source.close(), 20);
    // Closed between two looks, or while it looked.
    const outcome = await reading.catch((error: unknown) => error);
    expect(outcome).toMatchObject(outcome instanceof Error ? { reason: "file-missing" } : { done: true });
  });
});
