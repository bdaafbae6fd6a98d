import type { RunHead } from "./run-head.ts";

/** `VM db`; a VM that was added during the run has no name in its scenario: `VM 3`. 0 is the host. */
export function vmWords(run: RunHead, vm: number): string {
  if (vm === 0) return "the host";
  return `VM ${run.scenario.vmNames[vm - 1] ?? vm}`;
}

/** The colour of a VM in every picture. */
export function vmColour(vm: number): string {
  return `var(--vm-${vm % 8})`;
}
