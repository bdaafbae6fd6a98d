import { formatCount } from "../reading/scalars.ts";
import type { HostSpec } from "./scenario.ts";
import type { VmSpec } from "./vm-spec.ts";

/** Pages that the configured pages of all VMs, with every overhead, may make: see `overcommit` and `maxOvercommitment`. */
export function commitmentPages({ framePages, overcommit, maxOvercommitment }: HostSpec): number {
  if (!overcommit) return framePages;
  return maxOvercommitment === null ? Number.POSITIVE_INFINITY : Math.floor(maxOvercommitment * framePages);
}

/** Why a VM is refused even by a host without any other VM, as part of a sentence; undefined if it may be admitted. */
export function findImpossibleAdmission(host: HostSpec, vm: VmSpec): string | undefined {
  const { overheadPages, vmOverheadPages, framePages, swapPages, swapReservation } = host;
  const { configuredPages, reservationPages } = vm;
  const left = commitmentPages(host) - overheadPages;
  if (configuredPages + vmOverheadPages > left) return lack("its configured pages and overhead", configuredPages + vmOverheadPages, left);
  const memory = framePages - overheadPages;
  if (reservationPages + vmOverheadPages > memory) {
    return lack("its reservation and overhead", reservationPages + vmOverheadPages, memory);
  }
  const swapped = configuredPages - reservationPages;
  return swapReservation && swapped > swapPages ? lack("its reserved swap", swapped, swapPages) : undefined;
}

function lack(what: string, neededPages: number, availablePages: number): string {
  return `${what} make ${formatCount(neededPages)} pages, and the host has ${formatCount(Math.max(0, availablePages))} for them`;
}
