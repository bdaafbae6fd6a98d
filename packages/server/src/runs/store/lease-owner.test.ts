import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { isAlive, processIdentity } from "@ballast/processes";
import { processSpace } from "@ballast/processes";
import { isOwnerGone, nameLeaseOwner } from "./lease-owner.ts";

/** The oracle is a process that the test starts and ends. */
describe("the owner of a lease", () => {
  const named = (identity: string, space: string): string => {
    const [pid = "", ...start] = identity.split(" ");
    return ["host", pid, "0a1b2c3d", space, start.join(" ")].join(":");
  };

  test("lives as long as its process does, and is gone after it, also while it is not reaped", async () => {
    expect(isOwnerGone(nameLeaseOwner())).toBe(false);
    const other = spawn("sleep", ["60"], { stdio: "ignore" });
    const ended = once(other, "exit");
    const owner = named(processIdentity(other.pid ?? 0) ?? "", processSpace());
    expect(isOwnerGone(owner)).toBe(false);
    process.kill(other.pid ?? 0, "SIGKILL");
    while (isAlive(other.pid ?? 0));
    expect(isOwnerGone(owner)).toBe(true);
    await ended;
    expect(isOwnerGone(owner)).toBe(true);
  });

  test("is gone if its pid belongs to a process that started at another time", () => {
    expect(isOwnerGone(named(`${process.pid} 1`, processSpace()))).toBe(true);
  });

  test.each([
    ["of another machine, boot or container", named("4194305 1", "0123456789abcdef")],
    ["where the space is not known", named("4194305 1", "")],
    ["of an earlier version", "host:4194305:0a1b2c3d"],
    ["whose pid is none", named("x 1", processSpace())],
    ["with pid 0, which means a process group", named("0 1", processSpace())],
  ])("counts as living: %s", (_, owner) => {
    // Linux' largest pid is 2^22 = 4194304: these processes do not exist here.
    expect(isOwnerGone(owner)).toBe(false);
  });

  test("counts as living where this machine's own space is not known", () => {
    expect(isOwnerGone(named("4194305 1", ""), "")).toBe(false);
  });
});
