import { type Scenario, setInScenario, uncommittedScenario } from "@ballast/core/scenario";
import type { CapacityQuestion, Varied } from "./capacity.ts";
import { vmKindOf, withVms } from "./vm-kinds.ts";

/** More VMs than these are not tried. */
const MAX_VMS = 1_024;
/** The host's memory is searched for to within one part in this number of what all VMs are configured with. */
const FRAME_STEPS = 128;

/** What is varied, as a load: more of it slows VMs down more. */
export type Axis = {
  readonly vary: Varied;
  readonly vm: string | null;
  /** The scenario's own, and the ends of the range (included). */
  readonly start: number;
  readonly min: number;
  readonly max: number;
  readonly resolution: number;
  /** About twice the load, and about half of it. */
  readonly harder: (load: number) => number;
  readonly easier: (load: number) => number;
  /** Of a load, the number of VMs or frames. */
  readonly valueOf: (load: number) => number;
  readonly scenarioAt: (load: number) => Scenario;
};

/** @throws BallastError INPUT_INVALID for a kind of VMs that the scenario does not have. */
export function axisOf({ scenario, vary, vm }: Pick<CapacityQuestion, "scenario" | "vary" | "vm">): Axis {
  return vary === "vms" ? vmAxis(scenario, vm) : frameAxis(scenario);
}

function vmAxis(scenario: Scenario, name: string | undefined): Axis {
  const kind = vmKindOf(scenario, name);
  return {
    vary: "vms",
    vm: kind.name,
    start: kind.places.length,
    min: 1,
    max: MAX_VMS,
    resolution: 1,
    harder: (load) => load * 2,
    easier: (load) => Math.floor(load / 2),
    valueOf: (load) => load,
    scenarioAt: (load) => withVms(scenario, kind, load),
  };
}

/** Fewer frames are more load: it is their number below zero. */
function frameAxis(scenario: Scenario): Axis {
  const { framePages, overheadPages, vmOverheadPages } = scenario.host;
  const ample = uncommittedScenario(scenario).host.framePages;
  const fewest = overheadPages + vmOverheadPages * scenario.vms.length + 1;
  const configured = scenario.vms.reduce((sum, { configuredPages }) => sum + configuredPages, 0);
  return {
    vary: "frames",
    vm: null,
    start: -framePages,
    min: -ample,
    max: -fewest,
    resolution: Math.max(1, Math.floor(configured / FRAME_STEPS)),
    harder: (load) => -Math.floor(-load / 2),
    easier: (load) => load * 2,
    valueOf: (load) => -load,
    scenarioAt: (load) => setInScenario(scenario, { "host.framePages": -load }),
  };
}
