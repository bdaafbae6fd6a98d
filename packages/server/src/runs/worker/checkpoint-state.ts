import { deserialize, serialize } from "node:v8";
import { isUsableSnapshot, type Kernel, type KernelSnapshot } from "@ballast/core/kernel";
import type { Policy } from "@ballast/core/policy";
import type { DigestChain } from "../../event-store/index.ts";
import type { BalloonPeaks, SavedBalloonPeaks } from "../balloon-peaks.ts";
import { codeHash } from "./code-hash.ts";
import type { RunControl } from "./run-control.ts";

/** Everything that a run's future depends on, after a position at which nothing was pending. */
export type CheckpointState = {
  /** See `codeHash`: a checkpoint of other code is passed over. */
  readonly code: string;
  /** Name and version: another version may read its own state differently. */
  readonly policy: string;
  readonly position: number;
  readonly kernel: KernelSnapshot;
  readonly chain: Uint8Array;
  readonly control: ReturnType<RunControl["save"]>;
  readonly peaks: SavedBalloonPeaks;
};

export function encodeCheckpoint(
  policy: Policy,
  parts: { kernel: Kernel; chain: DigestChain; control: RunControl; peaks: BalloonPeaks },
): Uint8Array {
  const state: CheckpointState = {
    code: codeHash(policy),
    policy: nameOf(policy),
    position: parts.kernel.machine.position,
    kernel: parts.kernel.save(),
    chain: parts.chain.save(),
    control: parts.control.save(),
    peaks: parts.peaks.save(),
  };
  return serialize(state);
}

/** undefined for bytes that this version of Ballast and of the policy cannot go on from. */
export function decodeCheckpoint(policy: Policy, bytes: Uint8Array): CheckpointState | undefined {
  const state = deserialize(bytes) as Partial<CheckpointState>;
  const isUsable = state.code === codeHash(policy) && state.policy === nameOf(policy);
  if (!isUsable || state.kernel === undefined || !isUsableSnapshot(state.kernel)) return undefined;
  return state as CheckpointState;
}

function nameOf(policy: Policy): string {
  return `${policy.name} ${policy.version}`;
}
