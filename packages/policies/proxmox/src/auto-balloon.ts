/** A VM with a balloon driver and a minimum; memory in bytes. */
export type AutoBallooned = {
  readonly vm: number;
  readonly shares: number;
  readonly minimumBytes: number;
  readonly maximumBytes: number;
  /** What its balloon leaves to it now. */
  readonly currentBytes: number;
  /** What its guest says it does not use; undefined if it says nothing. */
  readonly freeBytes: number | undefined;
};

export type Rules = {
  readonly ignoredBytes: number;
  readonly maxChangeBytes: number;
  readonly comfortableFraction: number;
};

/** New sizes by VM; one that is not there keeps its size. */
export type Sizes = ReadonlyMap<number, number>;

/**
 * What each VM is to have, so that the memory in use changes by `goalBytes`. Growth goes to VMs that are short of memory
 * first, and is taken from comfortable ones first; only if those cannot change anything, all take part. The algorithm of
 * proxmox/pve-manager, PVE/AutoBalloon.pm.
 */
export function autoBalloon(vms: readonly AutoBallooned[], goalBytes: number, rules: Rules): Sizes {
  const sizes = new Map<number, number>();
  if (Math.abs(goalBytes) <= rules.ignoredBytes) return sizes;
  const first = vms.filter((vm) => isComfortable(vm, rules.comfortableFraction) === goalBytes < 0);
  const restBytes = changeBy(first, goalBytes, sizes, rules.maxChangeBytes);
  const hasHelped = goalBytes > 0 ? restBytes < goalBytes : restBytes > goalBytes;
  if (!hasHelped) changeBy(vms, restBytes, sizes, rules.maxChangeBytes);
  return sizes;
}

function isComfortable({ freeBytes = 0, minimumBytes, currentBytes }: AutoBallooned, fraction: number): boolean {
  return freeBytes > 0 && freeBytes > minimumBytes * fraction && currentBytes >= minimumBytes;
}

/**
 * Changes sizes until all is given out, or a pass over the VMs changes nothing; returns what is left. A VM that a pass
 * need not change takes no further part, so that there is at most one pass more than VMs, and one that changes nothing.
 */
function changeBy(vms: readonly AutoBallooned[], bytes: number, sizes: Map<number, number>, maxChangeBytes: number): number {
  let left = bytes;
  let open = vms;
  let hasChanged = true;
  while (left !== 0 && hasChanged) {
    const pass = divideOnce(open, left, sizes, { mayGrow: bytes > 0, maxChangeBytes });
    left -= pass.changedBytes;
    open = pass.open;
    hasChanged = pass.hasChanged;
  }
  return left;
}

type Pass = { readonly changedBytes: number; readonly hasChanged: boolean; readonly open: readonly AutoBallooned[] };
type PassRules = { readonly mayGrow: boolean; readonly maxChangeBytes: number };

/** Gives each VM its minimum and, by shares, a part of all that the VMs have above their minima, the rest included. */
function divideOnce(vms: readonly AutoBallooned[], restBytes: number, sizes: Map<number, number>, rules: PassRules): Pass {
  const sizeOf = ({ vm, currentBytes }: AutoBallooned): number => sizes.get(vm) ?? currentBytes;
  const aboveBytes = vms.reduce((sum, vm) => sum + sizeOf(vm) - vm.minimumBytes, restBytes);
  const shares = vms.reduce((sum, vm) => sum + vm.shares, 0);
  const open: AutoBallooned[] = [];
  let changedBytes = 0;
  let hasChanged = false;
  for (const vm of vms) {
    const desired = vm.minimumBytes + Math.trunc((aboveBytes / shares) * vm.shares);
    const size = stepTowards(vm, Math.max(vm.minimumBytes, Math.min(vm.maximumBytes, desired)), rules);
    if (size === undefined) continue;
    open.push(vm);
    const change = size - sizeOf(vm);
    sizes.set(vm.vm, size);
    changedBytes += change;
    hasChanged ||= change !== 0;
  }
  return { changedBytes, hasChanged, open };
}

/** As far towards the desired size as one round goes; undefined if the VM need not change. */
function stepTowards({ currentBytes }: AutoBallooned, desired: number, rules: PassRules): number | undefined {
  if (desired < currentBytes) return Math.max(desired, currentBytes - rules.maxChangeBytes);
  if (desired > currentBytes && rules.mayGrow) return Math.min(desired, currentBytes + rules.maxChangeBytes);
  return undefined;
}
