import type { Observation } from "./observation.ts";

/** Frames missing from the reserve, or needed immediately if those are more. */
export function missingPages({ host, neededPages }: Observation, fraction: number): number {
  return Math.max(neededPages, Math.ceil(fraction * host.framePages) - host.freePages, 0);
}

/** Frames that a fallback steals together at a shortage: a fraction of all frames, or what is needed if that is more. */
export function shortagePages({ host, neededPages }: Observation, fraction: number): number {
  return Math.max(neededPages, Math.ceil(fraction * host.framePages));
}
