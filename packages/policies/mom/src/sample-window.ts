import type { Observation } from "@ballast/core/policy";

/** What one period told of a guest, in pages. */
type GuestSample = readonly [currentPages: number, unusedPages: number];

/** The last samples, oldest first; all of the policy's state. */
export type SampleWindow = {
  readonly hostFreePages: readonly number[];
  /** Guests that tell of their memory, by number. */
  readonly guests: readonly { readonly vm: number; readonly samples: readonly GuestSample[] }[];
};

export const NO_SAMPLES: SampleWindow = { hostFreePages: [], guests: [] };

/** Takes a sample more, and drops those that are too old; a guest that is gone, or tells nothing, is forgotten. */
export function takeSample(window: SampleWindow, { host, vms }: Observation, count: number): SampleWindow {
  const guests = vms.flatMap(({ vm, configuredPages, balloon, guest }) => {
    if (guest === undefined || guest === null || balloon === undefined || balloon === null) return [];
    const before = window.guests.find((known) => known.vm === vm)?.samples ?? [];
    const sample: GuestSample = [configuredPages - balloon.sizePages, guest.freePages];
    return [{ vm, samples: [...before, sample].slice(-count) }];
  });
  return { hostFreePages: [...window.hostFreePages, host.freePages].slice(-count), guests };
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
