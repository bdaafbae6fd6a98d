import type { VmObservation } from "../observation.ts";
import { type Claim, divideByShares } from "./adjusted-shares.ts";

export type ClaimTerms = {
  /** How many of its resident pages the VM uses. */
  readonly activePages: number;
  /** What it must be left with. */
  readonly minPages: number;
  /** Whether its balloon keeps it from taking what it would. */
  readonly isHeldDown: boolean;
};

/**
 * What a VM claims when memory is divided. One that nothing holds down claims what it holds, for nothing keeps it from
 * growing; one that is held down claims as much as its limit.
 */
export function claimOf(vm: VmObservation, { activePages, minPages, isHeldDown }: ClaimTerms): Claim {
  const { shares, residentPages, limitPages } = vm;
  const maxPages = isHeldDown ? limitPages : Math.min(residentPages, limitPages);
  return { shares, activePages, lowestPages: Math.min(minPages, maxPages), maxPages };
}

export type Entitlements = {
  /** Whether not all get what they claim. */
  readonly isShort: boolean;
  readonly pages: readonly number[];
};

/** Divides memory among claims: all that they claim if there is enough, else by adjusted shares per page. */
export function entitle(claims: readonly Claim[], availablePages: number, taxRate: number): Entitlements {
  const claimed = claims.map((claim) => claim.maxPages);
  const isShort = claimed.reduce((sum, pages) => sum + pages, 0) > availablePages;
  return { isShort, pages: isShort ? divideByShares(claims, availablePages, taxRate) : claimed };
}
