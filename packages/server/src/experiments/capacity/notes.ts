import type { Axis } from "./axis.ts";
import type { CapacityPoint } from "./capacity.ts";

/** Why there is no capacity: what was measured at the smallest load. */
export function unmet({ value, mean, vmsLost, values }: CapacityPoint, axis: Axis, limit: number): string {
  const lost = vmsLost === 0 ? "" : `; ${vmsLost} VMs were killed, refused or made no progress over ${values.length} seeds`;
  return `The limit ${limit} is not kept even with ${valueText(value, axis)}: the slowdown there is ${showSlowdown(mean)}${lost}.`;
}

/** Points, by ascending load, that speak against the assumption that more load slows down more. */
export function contradictions(points: readonly CapacityPoint[], axis: Axis): string[] {
  return points.flatMap((point, index) => {
    const worse = points.slice(0, index).findLast((earlier) => earlier.mean > point.mean);
    if (worse === undefined) return [];
    const change =
      worse.keeps !== point.keeps ? ", which keeps the limit where the smaller load does not: the answer depends on the walk" : "";
    return [
      `Not monotone: the slowdown is ${showSlowdown(worse.mean)} with ${valueText(worse.value, axis)} and ${showSlowdown(point.mean)} with ` +
        `${valueText(point.value, axis)}${change}.`,
    ];
  });
}

function valueText(value: number, { vary, vm }: Axis): string {
  return vary === "vms" ? `${value} ${value === 1 ? "VM" : "VMs"} "${vm}"` : `${value} frames`;
}

function showSlowdown(slowdown: number): string {
  return Number.isFinite(slowdown) ? slowdown.toFixed(3) : "without bound";
}
