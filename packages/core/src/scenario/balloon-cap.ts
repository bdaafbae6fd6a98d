import type { BalloonSpec } from "./vm-spec.ts";

/** Most pages that the balloon of a VM of this size may hold; 0 without a driver. */
export function balloonCapPages(balloon: BalloonSpec | null, configuredPages: number): number {
  return balloon === null ? 0 : Math.floor(balloon.capFraction * configuredPages);
}
