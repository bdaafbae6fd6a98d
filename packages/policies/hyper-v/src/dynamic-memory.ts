import {
  allowedPages,
  allowPages,
  type BalloonedVm,
  type Claim,
  divideByShares,
  hasBalloon,
  type Observation,
  type SetBalloonTarget,
} from "@ballast/core/policy";
import type { Settings } from "./parameters.ts";

/** A VM whose guest tells what it demands. */
type DynamicVm = BalloonedVm & { readonly committedPages: number };

function isDynamic(vm: BalloonedVm): vm is DynamicVm {
  return vm.committedPages !== undefined && vm.committedPages !== null;
}

/** Memory pressure as Hyper-V's performance counter shows it: 100 if demand is just met, less if there is more. */
export function pressurePercent(demandPages: number, assignedPages: number): number {
  return (100 * demandPages) / assignedPages;
}

/** What a VM is to have if there is enough for all: its demand and the buffer, within its minimum and maximum. */
export function wantedPages(demandPages: number, minPages: number, maxPages: number, bufferFraction: number): number {
  const wanted = Math.round(demandPages * (1 + bufferFraction));
  return Math.min(Math.max(wanted, minPages), maxPages);
}

/**
 * New targets for all VMs with dynamic memory. If there is not enough for what all want, no VM gets less than its minimum
 * and the rest goes by weight: how Hyper-V weighs is not published, so it is equal memory per share, as far as it is wanted.
 */
export function balance(observation: Observation, isStarting: (vm: DynamicVm) => boolean, settings: Settings): SetBalloonTarget[] {
  const vms = observation.vms.filter(hasBalloon).filter(isDynamic);
  const claims = vms.map((vm) => claimOf(vm, isStarting(vm) ? settings.startupFraction : settings.minimumFraction, settings));
  const available = availablePages(observation, vms, settings);
  const wanted = claims.reduce((sum, claim) => sum + claim.maxPages, 0);
  const isShort = wanted > available;
  const assigned = isShort ? divideByShares(claims, available, 0) : claims.map((claim) => claim.maxPages);
  return vms.flatMap((vm, index) => assign(vm, assigned[index] ?? 0, isShort));
}

function claimOf(vm: DynamicVm, minFraction: number, { bufferFraction }: Settings): Claim {
  const { shares, configuredPages, reservationPages, limitPages, committedPages } = vm;
  const min = Math.min(Math.max(Math.ceil(minFraction * configuredPages), reservationPages), limitPages);
  const maxPages = wantedPages(committedPages, min, limitPages, bufferFraction);
  return { shares, activePages: maxPages, lowestPages: min, maxPages };
}

/** Frames that can stand behind these VMs: all but the host's own, its reserve, and what other VMs hold. */
function availablePages({ host, vms }: Observation, dynamic: readonly DynamicVm[], { reserveFraction }: Settings): number {
  const held = vms.reduce((sum, vm) => sum + vm.residentPages, 0);
  const heldByDynamic = dynamic.reduce((sum, vm) => sum + vm.residentPages, 0);
  const others = held - heldByDynamic + host.overheadPages;
  return Math.max(0, host.framePages - others - Math.ceil(reserveFraction * host.framePages));
}

function assign(vm: DynamicVm, pages: number, isShort: boolean): SetBalloonTarget[] {
  const demandPages = vm.committedPages;
  const assigned = vm.configuredPages - vm.balloon.sizePages;
  const figures = { demandPages, pressurePercent: assigned > 0 ? pressurePercent(demandPages, assigned) : 0 };
  const why = pages < allowedPages(vm) ? "has more than demand and buffer" : "has less than demand and buffer";
  return allowPages(vm, pages, isShort ? "memory is short and goes by weight" : why, figures);
}
