import { CATALOGUE, type EventBatch, EventCode, eventType } from "../events/index.ts";
import type { FigureFold } from "./figure-fold.ts";
import { HOST_FIGURES, VM_FIGURES } from "./figures.ts";

/** A run in a few numbers. */
export type RunSummary = {
  readonly position: number;
  readonly timeNs: number;
  /** How many events of each type, by name; types that did not occur are left out. */
  readonly events: Readonly<Record<string, number>>;
  readonly host: Readonly<Record<string, number>>;
  readonly vms: readonly VmSummary[];
};

export type VmSummary = {
  readonly vm: number;
  readonly name: string;
  readonly configuredPages: number;
  readonly isRefused: boolean;
  readonly isKilled: boolean;
  readonly figures: Readonly<Record<string, number>>;
};

export type SummaryState = {
  readonly position: number;
  readonly timeNs: number;
  readonly counts: readonly number[];
  readonly vms: readonly VmIdentity[];
};
type VmIdentity = { name: string; configuredPages: number; isRefused: boolean; isKilled: boolean };

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
  applyBatch(batch: EventBatch, text: (id: number) => string): void {
    for (let i = 0; i < batch.length; i++) {
      const code = batch.types[i];
      this.counts[code]++;
      if (code <= EventCode.VmKilled && code >= EventCode.VmAdmitted) this.applyLife(batch, i, text);
    }
    this.position = batch.lastPosition;
    this.timeNs = batch.timesNs[batch.length - 1] ?? this.timeNs;
  }

  summarise(fold: FigureFold): RunSummary {
    const events: Record<string, number> = {};
    this.counts.forEach((count, code) => {
      if (count > 0) events[eventType(code).name] = count;
    });
    return {
      position: this.position,
      timeNs: this.timeNs,
      events,
      host: named(HOST_FIGURES, fold.host),
      vms: this.vms.map(({ name, configuredPages, isRefused, isKilled }, index) => {
        const figures = named(VM_FIGURES, fold.vms[index] ?? []);
        return { vm: index + 1, name, configuredPages, isRefused, isKilled, figures };
      }),
    };
  }

  save(): SummaryState {
    return { position: this.position, timeNs: this.timeNs, counts: [...this.counts], vms: this.vms.map(copyIdentity) };
  }

  private applyLife(batch: EventBatch, i: number, text: (id: number) => string): void {
    const code = batch.types[i];
    const vm = batch.vms[i];
    if (code === EventCode.VmKilled) {
      const killed = this.vms[vm - 1];
      if (killed !== undefined) killed.isKilled = true;
      return;
    }
    const isRefused = code === EventCode.VmRefused;
    while (this.vms.length < vm) this.vms.push({ name: "", configuredPages: 0, isRefused: false, isKilled: false });
    this.vms[vm - 1] = { name: text(batch.c[i]), configuredPages: batch.a[i], isRefused, isKilled: false };
  }
}

function copyIdentity({ name, configuredPages, isRefused, isKilled }: VmIdentity): VmIdentity {
  return { name, configuredPages, isRefused, isKilled };
}

function named(names: readonly string[], values: ArrayLike<number>): Record<string, number> {
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? 0]));
}
