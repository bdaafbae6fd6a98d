import { Counter, type MachineTables } from "../../memory/index.ts";
import type { Capability, HostObservation, Observation, ObservationCause, VmObservation } from "../../policy/index.ts";
import type { HostSpec } from "../../scenario/index.ts";
import { committedPages, guestStats } from "../guest/guest-stats.ts";
import type { FutureReader } from "../state/future-reader.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import { memoryStateName } from "../state/memory-state-steps.ts";
import { canReport } from "../guest/reporting/can-report.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";

/** What the policy may see, made anew for each question. */
export function observe(host: HostRuntime, capabilities: readonly Capability[], cause: ObservationCause, neededPages: number): Observation {
  const { machine } = host;
  const vms: VmObservation[] = [];
  for (const vm of host.vms) if (vm?.isOn) vms.push(observeVm(host, vm, capabilities));
  return {
    timeNs: host.recorder.nowNs,
    cause,
    neededPages,
    host: {
      framePages: machine.frames.count,
      freePages: machine.frames.freePages,
      overheadPages: machine.frames.overheadPages,
      swapFreePages: machine.swapPages - machine.swapUsedPages,
      memoryState: memoryStateName(machine.memoryState),
      memoryStatePreset: presetOf(host.scenario.host.memoryStates),
      marks: host.memoryStates.seen,
      ...(capabilities.includes("pageSharing") ? { sharing: observeSharing(machine) } : {}),
    },
    vms,
  };
}

function presetOf(states: HostSpec["memoryStates"]): HostObservation["memoryStatePreset"] {
  return typeof states === "string" ? states : null;
}

function observeSharing({ frames, savedPages }: MachineTables): NonNullable<HostObservation["sharing"]> {
  return { framePages: frames.sharedFramePages, sharedPages: frames.sharedFramePages + savedPages };
}

function observeVm(host: HostRuntime, vm: VmRuntime, capabilities: readonly Capability[]): VmObservation {
  const { memory, spec, measures } = vm;
  const seen: VmObservation = {
    vm: memory.vm,
    name: host.machine.text(memory.nameText),
    configuredPages: memory.configuredPages,
    residentPages: memory.residentPages,
    swappedPages: memory.swappedPages,
    shares: spec.shares,
    reservationPages: spec.reservationPages,
    limitPages: spec.limitPages,
    isBusy: vm.hasWork,
  };
  const balloon =
    spec.balloon === null
      ? null
      : {
          targetPages: memory.balloonTargetPages,
          sizePages: memory.balloonSizePages,
          capPages: vm.balloonCapPages,
        };
  return {
    ...seen,
    ...(capabilities.includes("balloon") ? { balloon } : {}),
    ...(capabilities.includes("idleScan") ? { idlePages: vm.idlePages } : {}),
    ...(measures.active ? { activeFraction: measures.active.estimate } : {}),
    ...(measures.ages ? { pageAges: measures.ages.histogram() } : {}),
    ...(measures.reuse ? { missRatioCurve: measures.reuse.curve } : {}),
    ...(host.foresight === undefined ? {} : foresee(host.foresight, vm)),
    ...(capabilities.includes("guestStats") ? { guest: balloon && guestStats(vm) } : {}),
    ...(capabilities.includes("guestCommitment") ? { committedPages: balloon && committedPages(vm) } : {}),
    ...(capabilities.includes("pressure") ? { stallNs: memory.counters[Counter.hostWaitNs] } : {}),
    ...(capabilities.includes("compression") ? { compression: observeCompression(vm) } : {}),
    ...(capabilities.includes("memoryLimit") ? { memoryLimitPages: memory.memoryLimitPages } : {}),
    ...(capabilities.includes("freePageReporting") ? { canReportFreePages: canReport(spec.balloon) } : {}),
    ...(capabilities.includes("suspend") ? { isSuspended: memory.isSuspended } : {}),
  };
}

function observeCompression({ memory }: VmRuntime): NonNullable<VmObservation["compression"]> {
  return { compressedPages: memory.compressedPages, cacheFramePages: memory.cacheFramePages };
}

function foresee(foresight: FutureReader, vm: VmRuntime): Partial<VmObservation> {
  const { ns } = foresight.furthestPage(vm);
  const furthestAccessNs = ns < 0 ? null : Math.min(ns, Number.MAX_SAFE_INTEGER);
  return { furthestAccessNs, missRatioCurve: foresight.missRatioCurve(vm) };
}
