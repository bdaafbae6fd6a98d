import {
  adjustedSharesPerPage,
  type Claim,
  claimOf,
  entitle,
  type Figures,
  hasBalloon,
  type Observation,
  type VmObservation,
} from "@ballast/core/policy";
import type { Settings } from "./parameters.ts";

/** What a VM is to have, by its shares and by what it uses. */
export type Allocation = {
  readonly vm: VmObservation;
  readonly targetPages: number;
  /** Whether it would take more if its balloon let it. */
  readonly isHeldDown: boolean;
  readonly figures: Figures;
};

export type Allocations = {
  /** Whether not every VM gets what it claims. */
  readonly isShort: boolean;
  /** Whether fewer frames are free than reclamation aims at. */
  readonly isMissing: boolean;
  readonly all: readonly Allocation[];
};

/**
 * Target allocations that leave as many frames free as reclamation aims at: more than the high mark, or where there is a
 * state clear more than its mark. Min-funding revocation from what VMs hold, in closed form.
 */
export function allocate({ host, vms, neededPages }: Observation, settings: Settings): Allocations {
  const { taxRate, headroomFraction } = settings;
  const mark = host.marks.clearPages ?? host.marks.highPages;
  const aimedPages = Math.max(neededPages, Math.ceil(mark * (1 + headroomFraction)));
  const resident = vms.reduce((sum, vm) => sum + vm.residentPages, 0);
  const available = Math.max(0, resident + host.freePages - aimedPages);
  const claims = vms.map((vm) => makeClaim(vm, settings));
  const { isShort, pages } = entitle(claims, available, taxRate);
  const all = vms.map((vm, index): Allocation => {
    const targetPages = pages[index] ?? vm.residentPages;
    return { vm, targetPages, isHeldDown: isHeldDown(vm, settings), figures: figuresOf(vm, targetPages, taxRate) };
  });
  return { isShort, isMissing: host.freePages < aimedPages, all };
}

function makeClaim(vm: VmObservation, settings: Settings): Claim {
  return claimOf(vm, {
    activePages: activePages(vm),
    minPages: vm.reservationPages,
    isHeldDown: isHeldDown(vm, settings),
  });
}

/**
 * Whether it holds all but a little of what its balloon leaves to it. What was paged out and not been touched since it does
 * not need; and what it needs comes back as long as the balloon leaves room.
 */
function isHeldDown(vm: VmObservation, { slackFraction }: Settings): boolean {
  if (!hasBalloon(vm)) return false;
  const { residentPages, configuredPages, balloon } = vm;
  const leftPages = configuredPages - Math.max(balloon.targetPages, balloon.sizePages);
  const isLimited = balloon.targetPages > minBalloonPages(vm);
  return isLimited && residentPages >= leftPages - slackFraction * configuredPages;
}

/** The balloon that a limit below the configured size asks for at all times. */
export function minBalloonPages({ configuredPages, limitPages }: VmObservation): number {
  return configuredPages - limitPages;
}

/** Of what it holds; the sample is of all its pages. A VM without samples is taken as fully active. */
function activePages({ activeFraction = 1, configuredPages, residentPages }: VmObservation): number {
  return Math.min(residentPages, Math.round(activeFraction * configuredPages));
}

function figuresOf(vm: VmObservation, targetPages: number, taxRate: number): Figures {
  const held = Math.max(1, vm.residentPages);
  const activeFraction = Math.min(1, activePages(vm) / held);
  const rho = adjustedSharesPerPage(vm.shares, held, activeFraction, taxRate);
  return { activeFraction, adjustedSharesPerPage: rho, residentPages: vm.residentPages, targetPages };
}
