import { type Figures, NS_PER_US, type SetMemoryLimit, type VmObservation } from "@ballast/core/policy";
import type { Settings } from "./parameters.ts";
import type { Form, Step } from "./vm-by-vm.ts";

/** What the script keeps of a VM, from tick to tick. */
export type Watch = {
  readonly vm: number;
  readonly limitPages: number;
  /** Where the VM's standing still stood at the last tick. */
  readonly stallNs: number;
  /** Standing still since the limit was last changed. */
  readonly integralUs: number;
  /** Ticks to wait before the limit is tightened. */
  readonly graceTicks: number;
};

/** A limit changed by a factor, whole pages: the script masks its bytes to pages. */
export function scaleLimit(limitPages: number, factor: number): number {
  return Math.floor(limitPages + limitPages * factor);
}

/**
 * By what part a limit is to grow (above 0, if a VM stood still for longer than the target) or to shrink: in the square of
 * how far the pressure is off its target, up to the largest step.
 */
export function adjustment(integralUs: number, settings: Settings): number {
  const { pressureUs, coeffBackoff, maxBackoff, coeffProbe, maxProbe } = settings;
  if (integralUs > pressureUs) {
    const error = integralUs / pressureUs / coeffBackoff;
    return Math.min(error * error * maxBackoff, maxBackoff);
  }
  const error = pressureUs / Math.max(integralUs, 1) / coeffProbe;
  return -Math.min(error * error * maxProbe, maxProbe);
}

/** One tick of one VM. */
export const limit2019: Form<Watch> = (before, vm, _timeNs, settings) =>
  before === undefined ? beginWatch(vm, settings) : watchOn(before, vm, settings);

/** A VM that is seen for the first time is limited to what it holds. */
function beginWatch(vm: VmObservation, settings: Settings): Step<Watch> {
  const { residentPages, stallNs = 0 } = vm;
  const limitPages = clampLimit(residentPages, vm, settings);
  const known = { vm: vm.vm, limitPages, stallNs, integralUs: 0, graceTicks: settings.intervalTicks };
  return { known, decisions: limitTo(vm, limitPages, "is limited to what it holds", { residentPages }, settings) };
}

function watchOn(before: Watch, vm: VmObservation, settings: Settings): Step<Watch> {
  const { residentPages, stallNs = 0 } = vm;
  const integralUs = before.integralUs + (stallNs - before.stallNs) / NS_PER_US;
  const isPressed = integralUs > settings.pressureUs;
  if (!isPressed && before.graceTicks > 0) {
    return { known: { ...before, stallNs, integralUs, graceTicks: before.graceTicks - 1 }, decisions: [] };
  }
  const limitPages = clampLimit(scaleLimit(before.limitPages, adjustment(integralUs, settings)), vm, settings);
  const known = { vm: vm.vm, limitPages, stallNs, integralUs: 0, graceTicks: settings.intervalTicks - 1 };
  if (limitPages === before.limitPages) return { known, decisions: [] };
  const reason = isPressed ? "stood still too long" : "hardly stood still";
  return { known, decisions: limitTo(vm, limitPages, reason, { integralUs, residentPages }, settings) };
}

function clampLimit(pages: number, { reservationPages, limitPages }: VmObservation, { minimumPages }: Settings): number {
  return Math.min(Math.max(pages, minimumPages, reservationPages), limitPages);
}

function limitTo({ vm }: VmObservation, pages: number, reason: string, figures: Figures, { order, into }: Settings): SetMemoryLimit[] {
  return [{ kind: "SetMemoryLimit", vm, pages, order, into, reason, figures }];
}
