import type { ProcessId, RealPage, VirtualPage, VmId } from "../ids/index.ts";
import type { VmSpec } from "./vm-spec.ts";

/**
 * What may be asked of a running simulation. Each accepted one is an event, so that a re-execution gives it at the same
 * point. Pause, resume, step and stop change only when the executor continues, but are in the history too.
 */
export type Command =
  | { readonly kind: "pause" }
  | { readonly kind: "resume" }
  | { readonly kind: "step"; readonly events: number }
  | { readonly kind: "stop" }
  | {
      readonly kind: "touchPage";
      readonly vm: VmId;
      readonly process: ProcessId;
      readonly virtualPage: VirtualPage;
      readonly write: boolean;
    }
  | { readonly kind: "touchRealPage"; readonly vm: VmId; readonly realPage: RealPage }
  | { readonly kind: "setBalloonTarget"; readonly vm: VmId; readonly pages: number }
  | { readonly kind: "addVm"; readonly spec: VmSpec }
  | { readonly kind: "stopVm"; readonly vm: VmId };

/** Commands that change the simulation; the others change only when the executor continues. */
export type SimulationCommand = Exclude<Command, { readonly kind: "pause" | "resume" | "step" | "stop" }>;

/** A command that a scenario gives at a simulated time, so that it tells its story without anyone at the keys. */
export type ScriptedCommand = { readonly atNs: number; readonly command: SimulationCommand };
