import { type EventBatch, EventCode, eventType } from "../events/index.ts";
import { createKernel } from "../kernel/index.ts";
import { vmId } from "../ids/index.ts";
import type { BalloonSpec, ScriptedCommand, VmSpec } from "../scenario/index.ts";
import type { Workload } from "../workload/index.ts";
import { kernelInput } from "./run-to-end.ts";
import { smallHost, smallScenario, smallVm } from "./small-scenario.ts";

/** One event, by name, with its time and its columns. */
export type ToldEvent = {
  readonly name: string;
  readonly timeNs: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
};

export type Inflation = {
  readonly balloon: BalloonSpec;
  readonly configuredPages: number;
  /** What the guest did before; nothing unless told otherwise. */
  readonly workload?: Workload;
  readonly vm?: Partial<VmSpec> & { readonly virtualPages?: number };
  /** Balloon targets by simulated time in ns. */
  readonly targets: readonly (readonly [atNs: number, pages: number])[];
  readonly endNs: number;
};

/** All that happens when a host with memory to spare sets balloon targets for its one VM; contents are checked. */
export function inflateGuest({ balloon, configuredPages, workload, vm, targets, endNs }: Inflation): ToldEvent[] {
  const nothing: Workload = { kind: "idle", ns: endNs };
  const spec = smallVm("guest", configuredPages, workload ?? nothing, { ...vm, balloon });
  const script = targets.map(([atNs, pages]): ScriptedCommand => ({ atNs, command: { kind: "setBalloonTarget", vm: vmId(1), pages } }));
  const scenario = smallScenario(smallHost(configuredPages), [spec], { script, durationNs: endNs });
  const kernel = createKernel(kernelInput(scenario));
  const told: ToldEvent[] = [];
  while (kernel.advance(65_536, Number.POSITIVE_INFINITY) === "running") tell(kernel.takeBatch(), told);
  tell(kernel.takeBatch(), told);
  return told;
}

function tell({ length, types, timesNs, a, b, c, d }: EventBatch, told: ToldEvent[]): void {
  for (let i = 0; i < length; i++) {
    told.push({ name: eventType(types[i]).name, timeNs: timesNs[i], a: a[i], b: b[i], c: c[i], d: d[i] });
  }
}

/** How many pages the balloon gained at each poll or in each batch, in order. */
export function growths(told: readonly ToldEvent[]): number[] {
  const { name } = eventType(EventCode.BalloonInflated);
  return told.filter((event) => event.name === name).map(({ a }) => a);
}
