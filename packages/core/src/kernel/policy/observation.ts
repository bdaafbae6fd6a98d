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
  const sees: Sees = Object.fromEntries(capabilities.map((name) => [name, true]));
  for (const vm of host.vms) if (vm?.isOn) vms.push(observeVm(host, vm, sees));
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
      ...(sees.pageSharing ? { sharing: observeSharing(machine) } : {}),
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

/** What the policy has, looked up once for all VMs. */
type Sees = { readonly [Name in Capability]?: true };

/** Filled member by member: a host of a thousand VMs makes a thousand at each question. */
type Filled = { -readonly [Member in keyof VmObservation]: VmObservation[Member] };

function observeVm(host: HostRuntime, vm: VmRuntime, sees: Sees): VmObservation {
  const { memory, spec, measures } = vm;
  const seen: Filled = {
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
  if (sees.balloon) seen.balloon = balloon;
  if (sees.idleScan) seen.idlePages = vm.idlePages;
  if (measures.active) seen.activeFraction = measures.active.estimate;
  if (measures.ages) seen.pageAges = measures.ages.histogram();
  if (measures.reuse) seen.missRatioCurve = measures.reuse.curve;
  if (host.foresight !== undefined) Object.assign(seen, foresee(host.foresight, vm));
  if (sees.guestStats) seen.guest = balloon && guestStats(vm);
  if (sees.guestCommitment) seen.committedPages = balloon && committedPages(vm);
  if (sees.pressure) seen.stallNs = memory.counters[Counter.hostWaitNs];
  if (sees.compression) seen.compression = observeCompression(vm);
  if (sees.memoryLimit) seen.memoryLimitPages = memory.memoryLimitPages;
  if (sees.freePageReporting) seen.canReportFreePages = canReport(spec.balloon);
  if (sees.suspend) seen.isSuspended = memory.isSuspended;
  return seen;
}

function observeCompression({ memory }: VmRuntime): NonNullable<VmObservation["compression"]> {
  return { compressedPages: memory.compressedPages, cacheFramePages: memory.cacheFramePages };
}

function foresee(foresight: FutureReader, vm: VmRuntime): Partial<VmObservation> {
  const { ns } = foresight.furthestPage(vm);
  const furthestAccessNs = ns < 0 ? null : Math.min(ns, Number.MAX_SAFE_INTEGER);
  return { furthestAccessNs, missRatioCurve: foresight.missRatioCurve(vm) };
}
