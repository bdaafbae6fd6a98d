import { spawnSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BallastError } from "@ballast/core/errors";

/** The ends of two pipes: `write` leads to `childRead`, and `childWrite` to `read`. */
export type PipeEnds = {
  readonly write: number;
  readonly childRead: number;
  readonly read: number;
  readonly childWrite: number;
};

/**
 * Two pipes whose reads and writes wait, which those of Node's child processes do not: the kernel asks a policy without
 * giving up its turn. They are opened as named pipes, whose names are gone when this returns.
 * @throws BallastError POLICY_ENDED if the system gives none.
 */
export function openBlockingPipes(): PipeEnds {
  const folder = mkdtempSync(join(tmpdir(), "ballast-policy-"));
  try {
    const [requests, answers] = [join(folder, "requests"), join(folder, "answers")];
    makeFifos([requests, answers]);
    const [toChild, fromChild] = [openBothEnds(requests), openBothEnds(answers)];
    return { write: toChild.write, childRead: toChild.read, read: fromChild.read, childWrite: fromChild.write };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeFifos(paths: readonly string[]): void {
  const { status, error, stderr } = spawnSync("mkfifo", ["-m", "600", ...paths], { encoding: "utf8" });
  if (status === 0) return;
  const why = error?.message ?? stderr.trim();
  throw new BallastError("POLICY_ENDED", `The process of a policy cannot be started: mkfifo made no pipes (${why}).`);
}

/** Opening one end alone waits for the other: a third descriptor is both for that long. */
function openBothEnds(path: string): { readonly read: number; readonly write: number } {
  const both = openSync(path, constants.O_RDWR);
  const ends = { read: openSync(path, constants.O_RDONLY), write: openSync(path, constants.O_WRONLY) };
  closeSync(both);
  return ends;
}

export function writeAll(fd: number, bytes: Uint8Array): void {
  for (let sent = 0; sent < bytes.length;) sent += writeSync(fd, bytes, sent);
}

/** Fewer bytes than asked for only if the other end is closed. */
export function readUpTo(fd: number, count: number): Buffer {
  const bytes = Buffer.allocUnsafe(count);
  let read = 0;
  while (read < count) {
    const more = readSync(fd, bytes, read, count - read, null);
    if (more === 0) break;
    read += more;
  }
  return bytes.subarray(0, read);
}
