import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { holdInstallLock } from "../scripts/install-lock.js";

/** Oracle: what a lock is for. A live process keeps it; a dead one loses it. */
describe("the lock around an installation", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ballast-install-"));
    file = join(folder, "lock");
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("names its holder and is gone after it was given back", async () => {
    const release = await holdInstallLock(file);
    expect(Number(readFileSync(file, "utf8"))).toBe(process.pid);
    release();
    expect(existsSync(file)).toBe(false);
  });

  test("is waited for while its holder lives, and taken when it has ended", async () => {
    const holder = spawn("sleep", ["60"], { stdio: "ignore" });
    const ended = once(holder, "exit");
    writeFileSync(file, `${holder.pid}\n`);
    let taken = false;
    const taking = holdInstallLock(file).then((release) => {
      taken = true;
      return release;
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(taken).toBe(false);
    holder.kill();
    await ended;
    (await taking)();
    expect(taken).toBe(true);
  });

  test("is taken from a holder that died before it wrote its name", async () => {
    writeFileSync(file, "");
    const minuteAgo = Date.now() / 1000 - 60;
    utimesSync(file, minuteAgo, minuteAgo);
    const release = await holdInstallLock(file);
    expect(Number(readFileSync(file, "utf8"))).toBe(process.pid);
    release();
  });
});
