import { EventCode } from "../../events/index.ts";
import { Input, METRICS, MetricSet } from "../../metrics/index.ts";
import { MetricFold, type MetricState } from "../metric-fold.ts";
import { PerVm } from "./per-vm.ts";

/** The gauges that are added up over time, as `core/metrics` declares them. */
const GAUGES = new MetricSet([{ residentPages: METRICS.get("residentPages"), savedPages: METRICS.get("savedPages") }]);
const RESIDENT = GAUGES.vmPlaces["residentPages"];
const SAVED = GAUGES.hostPlaces["savedPages"];

/** By event code: what it adds to the resident pages, of the events that do nothing else and always do it. They are the frequent ones. */
const STEPS = new Int32Array(256);
for (const { event, sets, input, factor, tests } of METRICS.get("residentPages").effects) {
  if (!sets && input === Input.one && tests.length === 0 && GAUGES.programs[event.code]?.host === null) STEPS[event.code] = factor;
}

/** A sum over time, complete up to `untilNs`. */
type Sum = { pageNs: number; untilNs: number };
/** `unbackedPages` is the pages without a frame; they are added up while the VM is on. */
type VmSum = Sum & { unbackedPages: number; isOn: boolean };

export type SavedPageTime = { readonly gauges: MetricState; readonly sharing: Readonly<Sum>; readonly vms: readonly Readonly<VmSum>[] };

/** Memory that was saved, in pages times nanoseconds: of a VM the pages that have no frame, of the host those that sharing saves. */
export class PageTime {
  /** Of `residentPages` it has only what `STEPS` has not. */
  readonly #gauges: MetricFold;
  readonly #sharing: Sum;
  readonly #vms: PerVm<VmSum>;

  constructor(saved?: SavedPageTime) {
    this.#gauges = new MetricFold(saved?.gauges, GAUGES);
    this.#sharing = { ...(saved?.sharing ?? { pageNs: 0, untilNs: 0 }) };
    const vms = (saved?.vms ?? []).map(copyOf);
    this.#vms = new PerVm(() => ({ pageNs: 0, untilNs: 0, unbackedPages: 0, isOn: false }), vms);
  }

  /** An event that has a step, by its code alone. */
  step(code: number, timeNs: number, vm: number): void {
    const sum = this.#vms.of(vm);
    if (timeNs > sum.untilNs) advanceVm(sum, timeNs);
    sum.unbackedPages -= STEPS[code];
  }

  /** Any event. */
  apply(code: number, timeNs: number, vm: number, a: number, b: number, c: number, d: number): void {
    if (STEPS[code] === 0) this.#applyRare(code, timeNs, vm, a, b, c, d);
    else this.step(code, timeNs, vm);
  }

  unbackedPageNs(vm: number, endNs: number): number {
    const sum = this.#vms.items.at(vm - 1);
    if (sum === undefined) return 0;
    return sum.pageNs + (sum.isOn ? sum.unbackedPages * (endNs - sum.untilNs) : 0);
  }

  sharingSavedPageNs(endNs: number): number {
    return this.#sharing.pageNs + this.#gauges.host[SAVED] * (endNs - this.#sharing.untilNs);
  }

  save(): SavedPageTime {
    return { gauges: this.#gauges.save(), sharing: { ...this.#sharing }, vms: this.#vms.items.map(copyOf) };
  }

  #applyRare(code: number, timeNs: number, vm: number, a: number, b: number, c: number, d: number): void {
    const residentBefore = this.#residentOf(vm);
    const savedBefore = this.#gauges.host[SAVED];
    this.#gauges.apply(code, timeNs, vm, 0, a, b, c, d);
    if (this.#gauges.host[SAVED] !== savedBefore) advance(this.#sharing, timeNs, savedBefore);
    if (vm === 0) return;
    const sum = this.#vms.of(vm);
    advanceVm(sum, timeNs);
    sum.unbackedPages -= this.#residentOf(vm) - residentBefore;
    if (code === EventCode.VmStarted) {
      sum.unbackedPages += a;
      sum.isOn = true;
    } else if (code === EventCode.VmTerminated) sum.isOn = false;
  }

  #residentOf(vm: number): number {
    return (vm === 0 ? undefined : this.#gauges.vms.at(vm - 1))?.[RESIDENT] ?? 0;
  }
}

function copyOf(sum: VmSum): VmSum {
  return { ...sum };
}

function advanceVm(sum: VmSum, timeNs: number): void {
  if (sum.isOn) advance(sum, timeNs, sum.unbackedPages);
  else sum.untilNs = timeNs;
}

function advance(sum: Sum, timeNs: number, pages: number): void {
  sum.pageNs += pages * (timeNs - sum.untilNs);
  sum.untilNs = timeNs;
}
