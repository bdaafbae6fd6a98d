import { VM_COLOURS, vmToken } from "../colouring/colouring.ts";

/** Curves of so many VMs can be told apart. */
export const MAX_VMS = VM_COLOURS;

/** Rules that choose VMs where there are more; the address names them. */
export const VM_RULES = ["largest", "faults"] as const;
export type VmRule = (typeof VM_RULES)[number];

/** A rule, or the VMs that somebody has picked. */
export type VmChoice = VmRule | readonly number[];

/** What rules go by: pages that VMs were created with, or how often they have faulted. */
export type VmSizes = ReadonlyMap<number, number>;

/** `faults`, or `3,7,9`; what it does not say, or cannot, is the first rule. */
export function parseVmChoice(text: string | undefined): VmChoice {
  const rule = VM_RULES.find((each) => each === text);
  if (rule !== undefined) return rule;
  const vms = (text ?? "").split(",").filter((vm) => /^[1-9]\d{0,5}$/.test(vm));
  return vms.length === 0 ? VM_RULES[0] : [...new Set(vms.map(Number))].slice(0, MAX_VMS);
}

export function vmChoiceText(choice: VmChoice): string | undefined {
  if (choice === VM_RULES[0]) return undefined;
  return typeof choice === "string" ? choice : choice.join(",");
}

/** The VMs whose curves are drawn, by number: all where they are few; until sizes are known the first. */
export function chosenVms(choice: VmChoice, count: number, sizes: VmSizes): number[] {
  const all = Array.from({ length: count }, (_, place) => place + 1);
  if (count <= MAX_VMS) return all;
  if (typeof choice !== "string") return all.filter((vm) => choice.includes(vm));
  const sizeOf = (vm: number): number => sizes.get(vm) ?? 0;
  return all
    .toSorted((a, b) => sizeOf(b) - sizeOf(a) || a - b)
    .slice(0, MAX_VMS)
    .sort((a, b) => a - b);
}

/** A colour for each: that of the grids, unless another of them has it already. */
export function lineTokens(vms: readonly number[]): ReadonlyMap<number, string> {
  const tokens = new Map<number, string>();
  const taken = new Set<string>();
  for (const vm of vms) {
    let next = vm;
    while (taken.has(vmToken(next)) && next < vm + VM_COLOURS) next++;
    tokens.set(vm, vmToken(next));
    taken.add(vmToken(next));
  }
  return tokens;
}
