import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { hasEnded, processIdentity } from "@ballast/processes";
import { processSpace } from "@ballast/processes";

/**
 * Names an executor in the leases it holds: `host:pid:random:space:start`. Host and pid are for people; space and start
 * (as in `processSpace` and `processIdentity`) let another process of the same machine see whether the owner lives.
 */
export function nameLeaseOwner(): string {
  const { pid } = process;
  const start = processIdentity(pid)?.slice(String(pid).length + 1) ?? "";
  return [hostname().replaceAll(":", "-"), pid, randomUUID().slice(0, 8), start === "" ? "" : processSpace(), start].join(":");
}

/**
 * Whether the owner's process is certainly gone, so that its leases need not be waited for. False for owners elsewhere,
 * in another container, of another boot, and for those that earlier versions have named.
 */
export function isOwnerGone(owner: string, here: string = processSpace()): boolean {
  const [, pid = "", , space = "", ...start] = owner.split(":");
  if (here === "" || space !== here || !/^[1-9]\d*$/.test(pid) || start.length === 0) return false;
  return hasEnded(`${pid} ${start.join(":")}`);
}
