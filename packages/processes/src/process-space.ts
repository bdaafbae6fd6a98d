import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

let known: string | undefined;

/**
 * Names what this process shares with those that see the same pids: the machine, its boot, and the namespaces of pids and
 * of times. Two processes with the same name can tell of each other whether they live; across containers, reboots and
 * machines a pid says nothing. 16 hexadecimal digits; "" where the system does not tell.
 */
export function processSpace(): string {
  known ??= readProcessSpace();
  return known;
}

function readProcessSpace(): string {
  try {
    const parts = process.platform === "linux" ? linuxParts() : [bootSession()];
    return createHash("sha256")
      .update([hostname(), ...parts].join("\n"))
      .digest("hex")
      .slice(0, 16);
  } catch {
    return "";
  }
}

/** random(4), namespaces(7). The starttime of proc(5) is that of the reader's time namespace (Linux 5.6 and newer). */
function linuxParts(): string[] {
  return [readFileSync("/proc/sys/kernel/random/boot_id", "utf8"), readlinkSync("/proc/self/ns/pid"), linkOrNone("/proc/self/ns/time")];
}

function linkOrNone(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return "";
  }
}

function bootSession(): string {
  return execFileSync("sysctl", ["-n", "kern.bootsessionuuid"], { encoding: "utf8" });
}
