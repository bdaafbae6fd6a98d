import { deserialize, serialize } from "node:v8";
import { isUsableSnapshot, type Kernel, type KernelSnapshot } from "@ballast/core/kernel";
import type { RunObserver, SavedObserver } from "@ballast/core/projections";
import type { DigestChain } from "../../event-store/index.ts";
import type { RunCode } from "./code-hash.ts";
import type { RunControl } from "./run-control.ts";

/** Everything that a run's future depends on, after a position at which nothing was pending. */
export type CheckpointState = {
  /** See `codeOf`: a checkpoint of other code is passed over. */
  readonly code: string;
  /** Name and version: another version may read its own state differently. */
  readonly policy: string;
  readonly position: number;
  readonly kernel: KernelSnapshot;
  readonly chain: Uint8Array;
  readonly control: ReturnType<RunControl["save"]>;
  readonly observer: SavedObserver;
};

export function encodeCheckpoint(
  { hash, policy }: RunCode,
  parts: { kernel: Kernel; chain: DigestChain; control: RunControl; observer: RunObserver },
): Uint8Array {
  const state: CheckpointState = {
    code: hash,
    policy,
    position: parts.kernel.machine.position,
    kernel: parts.kernel.save(),
    chain: parts.chain.save(),
    control: parts.control.save(),
    observer: parts.observer.save(),
  };
  return serialize(state);
}

/** undefined for bytes from which this version of Ballast and of the policy cannot continue. */
export function decodeCheckpoint({ hash, policy }: RunCode, bytes: Uint8Array): CheckpointState | undefined {
  const state = deserialize(bytes) as Partial<CheckpointState>;
  const isUsable = state.code === hash && state.policy === policy;
  if (!isUsable || state.kernel === undefined || !isUsableSnapshot(state.kernel)) return undefined;
  return state as CheckpointState;
}
