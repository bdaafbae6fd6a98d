import type { BalloonSpec } from "../../scenario/index.ts";
import { NEVER } from "../structures/never.ts";

/** What a balloon driver knows besides the pages that it holds. */
export type BalloonState = {
  /** When it does something next; NEVER without a driver, and for one that waits to be told. */
  nextNs: number;
  /** Whether the balloon's size changed when it last worked, or its target since. */
  madeProgress: boolean;
  /** A new target has been announced that it has not looked at. Of virtio. */
  isNotified: boolean;
  /** Pages per poll under pressure, and polls for which it still slows down. Of vmware. */
  allocPages: number;
  slowPolls: number;
};

export function initialBalloon(spec: BalloonSpec | null, startNs: number): BalloonState {
  return {
    nextNs: spec === null || spec.driver === "virtio" ? NEVER : startNs + spec.pollNs,
    madeProgress: false,
    isNotified: false,
    allocPages: spec?.driver === "vmware" ? spec.allocMostPages : 0,
    slowPolls: 0,
  };
}
