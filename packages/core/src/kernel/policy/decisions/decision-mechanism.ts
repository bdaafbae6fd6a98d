import type { Capability, Decision } from "../../../policy/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";

/** How decisions of one kind are checked and carried out: one file of this folder for each kind. */
export type DecisionMechanism<Kind extends Decision["kind"] = Decision["kind"]> = {
  /** Its DecisionKind. */
  readonly code: number;
  /** Whether it can change when its VM does something next. It can do so to no other VM. */
  readonly changesTimes: boolean;
  /** What a policy must have declared to decide this. */
  needs(decision: DecisionOf<Kind>): readonly Capability[];
  /** What makes the decision impossible, as the end of a sentence; undefined if nothing does. Changes nothing. */
  findFault(host: HostRuntime, vm: VmOf<Kind>, decision: DecisionOf<Kind>): string | undefined;
  /** Does it as far as it can be done. `number` is the decision's, for its events. */
  carryOut(host: HostRuntime, vm: VmOf<Kind>, decision: DecisionOf<Kind>, number: number): void;
};

export type DecisionOf<Kind extends Decision["kind"]> = Extract<Decision, { readonly kind: Kind }>;

/** Decisions about a VM come with it; those about the host with none. */
type VmOf<Kind extends Decision["kind"]> = DecisionOf<Kind> extends { readonly vm: unknown } ? VmRuntime : undefined;
