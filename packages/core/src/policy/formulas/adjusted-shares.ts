/** A VM's claim on memory: shares S, pages held P, and how many of them are active, A = f P. */
export type Claim = {
  readonly shares: number;
  readonly activePages: number;
  /** What it may be left with, bounds included. */
  readonly lowestPages: number;
  readonly maxPages: number;
};

/**
 * Adjusted shares per page, rho = S / (P (f + k (1 - f))) with k = 1 / (1 - tax): an idle page costs k times an active
 * one. C. A. Waldspurger, "Memory Resource Management in VMware ESX Server", OSDI 2002, section 5.1.
 */
export function adjustedSharesPerPage(shares: number, pages: number, activeFraction: number, taxRate: number): number {
  const idleCost = 1 / (1 - taxRate);
  return shares / (pages * (activeFraction + idleCost * (1 - activeFraction)));
}

/**
 * Pages at which a VM's adjusted shares per page have come down (or up) to 1 / level: active pages cost 1, further ones
 * k. Derived from rho(P) = 1 / level with A pages active.
 */
export function pagesAtLevel(claim: Claim, level: number, taxRate: number): number {
  const { shares, activePages, lowestPages, maxPages } = claim;
  const paid = shares * level;
  const pages = paid <= activePages ? paid : activePages + (paid - activePages) * (1 - taxRate);
  return Math.min(maxPages, Math.max(lowestPages, pages));
}

const HALVINGS = 60;

/**
 * Divides pages so that all claims within their bounds have equal adjusted shares per page: where revoking page by page
 * from the lowest (min-funding revocation) ends. Whole pages, rounded down.
 */
export function divideByShares(claims: readonly Claim[], pages: number, taxRate: number): number[] {
  let low = 0;
  let high = claims.reduce((max, claim) => Math.max(max, maxLevel(claim, taxRate)), 0);
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    const sum = claims.reduce((total, claim) => total + pagesAtLevel(claim, middle, taxRate), 0);
    if (sum > pages) high = middle;
    else low = middle;
  }
  return claims.map((claim) => Math.floor(pagesAtLevel(claim, low, taxRate)));
}

/** A level at which a claim has all it may have. */
function maxLevel({ shares, activePages, maxPages }: Claim, taxRate: number): number {
  return (activePages + maxPages / (1 - taxRate)) / shares;
}
