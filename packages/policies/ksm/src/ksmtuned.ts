import { type Observation, PAGE_BYTES } from "@ballast/core/policy";
import type { Settings } from "./parameters.ts";

/** How hard KSM scans. */
export type Scanning = {
  readonly isOn: boolean;
  /** Pages of one scan. */
  readonly pages: number;
  readonly sleepMs: number;
  /** ksmtuned's own count of pages, from 0: it does not start from what KSM was set to. */
  readonly tunedPages: number;
};

/** Host size that ksmtuned's time between scans is meant for. */
const REFERENCE_PAGES = (16 * 2 ** 30) / PAGE_BYTES;

/** KSM as it is before ksmtuned first looks. */
export function untuned({ pagesToScan, sleepMs }: Settings): Scanning {
  return { isOn: true, pages: pagesToScan, sleepMs, tunedPages: 0 };
}

/**
 * One adjustment. KSM is switched off when the VMs leave the threshold free and it is free; else it scans more pages at
 * once the longer memory is short, and fewer when it is not.
 */
export function adjust(before: Scanning, { host, vms }: Observation, settings: Settings): Scanning {
  const threshold = thresholdOf(host.framePages, settings);
  const heldPages = vms.reduce((sum, vm) => sum + vm.residentPages, 0);
  const isAmple = heldPages + threshold < host.framePages && host.freePages > threshold;
  if (isAmple) return { ...before, isOn: false };
  const { boostPages, decayPages, minPages, maxPages } = settings;
  const changed = before.tunedPages + (host.freePages < threshold ? boostPages : -decayPages);
  const tunedPages = changed < minPages ? minPages : Math.min(changed, maxPages);
  return { isOn: true, pages: tunedPages, tunedPages, sleepMs: tunedSleep(host.framePages, settings) };
}

function thresholdOf(framePages: number, { thresholdFraction, thresholdPages }: Settings): number {
  return Math.max(Math.floor(framePages * thresholdFraction), thresholdPages);
}

/** Whole ms in the original; here as they come, so that shorter times can be set. */
function tunedSleep(framePages: number, { tunedSleepMs }: Settings): number {
  return tunedSleepMs * Math.max(1, REFERENCE_PAGES / framePages);
}
