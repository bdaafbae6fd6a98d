import { Backing, EventCode, Mapping } from "../events/index.ts";
import { Input, INPUT_COUNT, knownOrNull, METRICS, type MetricSet, type Program, runEffects, valuesFrom } from "../metrics/index.ts";

/** What the fold remembers, as plain JSON. */
export type MetricState = {
  readonly mapping: number;
  /** By place in `MetricSet.host`. */
  readonly host: readonly number[];
  /** By VM number - 1, then by place in `MetricSet.vm`. */
  readonly vms: readonly (readonly (number | null)[])[];
  /** By VM number - 1: its processes whose pages are those of a file. */
  readonly fileProcesses: readonly (readonly number[])[];
  /** By VM number - 1: when it was switched on. */
  readonly startedNs: readonly number[];
};

/**
 * The metrics of the host and of every VM after each event: a few numbers per VM, where the machine's tables take tens of
 * bytes per page. What an event does to them is declared in `core/metrics`; its test holds the fold equal to the machine that
 * `applyEvent` makes of the same events.
 */
export class MetricFold {
  readonly metrics: MetricSet;
  readonly host: Float64Array;
  readonly vms: Float64Array[];
  readonly #programs: MetricSet["programs"];
  readonly #fileProcesses: number[][];
  readonly #startedNs: number[];
  #mapping: number;
  /** By `Input`: what the steps of the event at hand take numbers from. */
  readonly #inputs = new Float64Array(INPUT_COUNT);

  constructor(state?: MetricState, metrics: MetricSet = METRICS) {
    this.metrics = metrics;
    this.#programs = metrics.programs;
    this.#inputs[Input.one] = 1;
    this.#mapping = state?.mapping ?? Mapping.TwoLevel;
    this.host = Float64Array.from(state?.host ?? metrics.host.map(() => 0));
    this.vms = (state?.vms ?? []).map(valuesFrom);
    this.#fileProcesses = (state?.fileProcesses ?? []).map((processes) => processes.slice());
    this.#startedNs = [...(state?.startedNs ?? [])];
  }

  save(): MetricState {
    return {
      mapping: this.#mapping,
      host: [...this.host],
      vms: this.vms.map((values) => Array.from(values, knownOrNull)),
      fileProcesses: this.#fileProcesses.map((processes) => processes.slice()),
      startedNs: [...this.#startedNs],
    };
  }

  /** @throws UnknownNumber for a choice that this version does not know, where a metric depends on it. */
  apply(code: number, timeNs: number, vm: number, process: number, a: number, b: number, c: number, d: number): void {
    const values = vm === 0 ? null : this.#valuesOf(vm);
    this.#follow(code, timeNs, vm, process, b);
    const program = this.#programs[code];
    if (program === undefined) return;
    if (program.readsInputs) this.#read(program, timeNs, vm, process, a, b, c, d);
    const inputs = this.#inputs;
    if (values !== null && program.vm !== null) runEffects(program.vm, inputs, values);
    if (program.host !== null) runEffects(program.host, inputs, this.host);
  }

  /** Keeps what effects take from the subject of later events. */
  #follow(code: number, timeNs: number, vm: number, process: number, b: number): void {
    switch (code) {
      case EventCode.HostStarted:
        this.#mapping = b;
        return;
      case EventCode.VmStarted:
        this.#startedNs[vm - 1] = timeNs;
        return;
      case EventCode.ProcessStarted:
        if (b !== Backing.Anonymous) this.#fileProcesses[vm - 1].push(process);
        return;
      case EventCode.FileOpened:
        this.#fileProcesses[vm - 1].push(process);
        return;
      default:
    }
  }

  /** Sets the inputs to the numbers of the event at hand. */
  #read({ readsSubject }: Program, timeNs: number, vm: number, process: number, a: number, b: number, c: number, d: number): void {
    const inputs = this.#inputs;
    inputs[Input.a] = a;
    inputs[Input.b] = b;
    inputs[Input.c] = c;
    inputs[Input.d] = d;
    if (!readsSubject) return;
    inputs[Input.isFileBacked] = this.#fileProcesses[vm - 1].includes(process) ? 1 : 0;
    inputs[Input.isOneLevel] = this.#mapping === Mapping.OneLevel ? 1 : 0;
    inputs[Input.sinceStartNs] = timeNs - this.#startedNs[vm - 1];
  }

  #valuesOf(vm: number): Float64Array {
    while (this.vms.length < vm) {
      this.vms.push(new Float64Array(this.metrics.vm.length));
      this.#fileProcesses.push([]);
      this.#startedNs.push(0);
    }
    return this.vms[vm - 1];
  }
}
