import {
  CATALOGUE,
  codeFlags,
  EventCode,
  eventType,
  type KnownEvents,
  VmAdmitted,
  VmFinished,
  VmRefused,
  VmStarted,
  VmTerminated,
} from "../events/index.ts";
import { knownOrNull } from "../metrics/index.ts";
import type { MetricFold } from "./metric-fold.ts";

/** A run in a few numbers. */
export type RunSummary = {
  readonly position: number;
  readonly timeNs: number;
  /** How many events of each type, by name; types that did not occur are left out. */
  readonly events: Readonly<Record<string, number>>;
  readonly host: Readonly<Record<string, number | null>>;
  readonly vms: readonly VmSummary[];
};

export type VmSummary = {
  readonly vm: number;
  readonly name: string;
  readonly configuredPages: number;
  readonly isRefused: boolean;
  /** Whether its workload came to its end. */
  readonly isWorkDone: boolean;
  /** Why it was terminated (a VmEnd); 0 if it was not. */
  readonly endCause: number;
  /** Null for what an earlier version did not record. */
  readonly metrics: Readonly<Record<string, number | null>>;
};

export type SummaryState = {
  readonly position: number;
  readonly timeNs: number;
  readonly counts: readonly number[];
  readonly vms: readonly VmIdentity[];
};
type VmIdentity = { name: string; configuredPages: number; isRefused: boolean; isWorkDone: boolean; endCause: number };

const OF_VM_LIFE = codeFlags([VmAdmitted, VmRefused, VmStarted, VmFinished, VmTerminated]);

const CODES = Math.max(...CATALOGUE.map((type) => type.code)) + 1;

export class SummaryFold {
  private position: number;
  private timeNs: number;
  private readonly counts: Float64Array;
  private readonly vms: VmIdentity[];

  constructor(state?: SummaryState) {
    this.position = state?.position ?? 0;
    this.timeNs = state?.timeNs ?? 0;
    this.counts = Float64Array.from(state?.counts ?? new Array<number>(CODES).fill(0));
    this.vms = (state?.vms ?? []).map(copyIdentity);
  }

  /** Takes a whole batch: it counts, and looks closer at the few events that begin or end a VM. */
  applyBatch(batch: KnownEvents, text: (id: number) => string): void {
    for (let i = 0; i < batch.length; i++) {
      const code = batch.types[i];
      this.counts[code]++;
      if (OF_VM_LIFE[code] === 1) this.applyLife(batch, i, text);
    }
    this.position = batch.lastPosition;
    this.timeNs = batch.timesNs[batch.length - 1] ?? this.timeNs;
  }

  summarise(fold: MetricFold): RunSummary {
    const events: Record<string, number> = {};
    this.counts.forEach((count, code) => {
      if (count > 0) events[eventType(code).name] = count;
    });
    return {
      position: this.position,
      timeNs: this.timeNs,
      events,
      host: named(fold.metrics.host, fold.host),
      vms: this.vms.map((identity, index) => {
        return { vm: index + 1, ...copyIdentity(identity), metrics: named(fold.metrics.vm, fold.vms[index] ?? []) };
      }),
    };
  }

  save(): SummaryState {
    return { position: this.position, timeNs: this.timeNs, counts: [...this.counts], vms: this.vms.map(copyIdentity) };
  }

  private applyLife(batch: KnownEvents, i: number, text: (id: number) => string): void {
    const code = batch.types[i];
    const vm = batch.vms[i];
    if (code === EventCode.VmTerminated) this.vms[vm - 1].endCause = batch.a[i];
    else if (code === EventCode.VmFinished) this.vms[vm - 1].isWorkDone = true;
    // A native system is not admitted: it is known from its start on.
    else if (code !== EventCode.VmStarted || this.vms[vm - 1] === undefined) {
      this.vms[vm - 1] = identityOf(text(batch.c[i]), batch.a[i], code === EventCode.VmRefused);
    }
  }
}

function identityOf(name: string, configuredPages: number, isRefused: boolean): VmIdentity {
  return { name, configuredPages, isRefused, isWorkDone: false, endCause: 0 };
}

function copyIdentity(identity: VmIdentity): VmIdentity {
  return { ...identity };
}

function named(names: readonly string[], values: ArrayLike<number>): Record<string, number | null> {
  return Object.fromEntries(names.map((name, index) => [name, knownOrNull(values[index] ?? 0)]));
}
