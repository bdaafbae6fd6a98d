import { expandSparse, saveSparse, type SparseColumn } from "../structures/sparse-column.ts";
import { assert } from "../../assert/index.ts";
import { loadTables, type SavedTables, saveTables } from "../../memory/index.ts";
import { rightsOf } from "../../policy/index.ts";
import type { VmSpec } from "../../scenario/index.ts";
import { restoreVm } from "../guest/admission.ts";
import { HostRuntime, type HostRuntimeState } from "../state/host-runtime.ts";
import type { KernelInput, KernelSnapshot, KernelStatus } from "./kernel-contract.ts";
import { PolicyRunner, type PolicyRunnerState } from "../policy/policy-runner.ts";
import { Recorder } from "../state/recorder.ts";
import type { VmRuntimeState } from "../state/vm-runtime.ts";
import type { SimulationParts } from "./simulation-parts.ts";
import { Schedule, type ScheduleState } from "./schedule.ts";

/** Raised whenever the shape below changes; an older checkpoint is then not used, the run is executed from its start. */
export const SNAPSHOT_VERSION = 12;

type Saved = {
  version: number;
  tables: SavedTables;
  texts: string[];
  host: HostRuntimeState;
  vms: (VmState | null)[];
  policyRunner: PolicyRunnerState;
  schedule: ScheduleState;
  suspendedPeriods: number;
  actions: number;
  status: KernelStatus;
};

type VmState = {
  spec: VmSpec;
  running: VmRuntimeState;
  expectedContents: SparseColumn<Uint32Array>[];
};

export function saveSimulation(parts: SimulationParts): KernelSnapshot {
  const { host } = parts;
  assert(host.recorder.batch.length === 0, "a snapshot is taken only when no event is pending");
  assert(!host.swapWriter.hasPending, "a snapshot is taken only when no page waits to be written to the swap");
  const saved: Saved = {
    version: SNAPSHOT_VERSION,
    tables: saveTables(host.machine),
    texts: [...host.machine.texts],
    host: host.save(),
    vms: Array.from(host.vms, (vm) =>
      vm === undefined
        ? null
        : {
            spec: vm.spec,
            running: vm.save(),
            expectedContents: vm.processes.map(({ expectedContent }) => saveSparse(expectedContent)),
          },
    ),
    policyRunner: parts.policyRunner.save(),
    schedule: parts.schedule.save(),
    suspendedPeriods: parts.suspendedPeriods,
    actions: parts.actions,
    status: parts.status,
  };
  return saved;
}

/** Whether this version of the kernel can resume from a snapshot. */
export function isUsableSnapshot(snapshot: KernelSnapshot): boolean {
  return snapshot["version"] === SNAPSHOT_VERSION;
}

/** The parts as they were saved, given the same input. */
export function loadSimulation(input: KernelInput, snapshot: KernelSnapshot): SimulationParts {
  assert(isUsableSnapshot(snapshot), () => `snapshot of version ${String(snapshot["version"])}, not ${SNAPSHOT_VERSION}`);
  const saved = snapshot as unknown as Saved;
  const machine = loadTables(saved.tables);
  saved.texts.forEach((text, id) => (machine.texts[id] = text));
  const host = new HostRuntime(
    input.scenario,
    new Recorder(machine),
    input.checkContents ?? false,
    rightsOf(input.policy, input.parameters),
  );
  host.load(saved.host);
  saved.vms.forEach((vmState, index) => {
    if (vmState !== null) host.vms[index] = loadVm(host, vmState, index, input);
  });
  const policyRunner = new PolicyRunner(host, input.policy, input.parameters, input.onPolicy ?? (() => {}));
  policyRunner.load(saved.policyRunner);
  const schedule = new Schedule(input.scenario, policyRunner.periods);
  schedule.load(saved.schedule);
  const { suspendedPeriods, actions, status } = saved;
  return { input, host, policyRunner, schedule, suspendedPeriods, actions, status };
}

function loadVm(host: HostRuntime, saved: VmState, index: number, input: KernelInput): ReturnType<typeof restoreVm> {
  const vm = restoreVm(host, saved.spec, host.machine.vm(index + 1), input.traces);
  if (vm === undefined) return undefined;
  vm.load(saved.running);
  saved.expectedContents.forEach((content, at) => (vm.processes[at].expectedContent = expandSparse(content)));
  return vm;
}
