import { PAGE_BYTES } from "@ballast/core/policy";
import type { Settings } from "./parameters.ts";

const MIB_PAGES = 2 ** 20 / PAGE_BYTES;

/** What one guest knows of itself. */
export type Guest = {
  /** Its size without a balloon. */
  readonly configuredPages: number;
  /** What its balloon leaves it now. */
  readonly currentPages: number;
  readonly committedPages: number;
};

/** Pages that a guest wants in the end: what it has promised to its processes, and its reserves. */
export function goalPages({ configuredPages, committedPages }: Guest, settings: Settings): number {
  return committedPages + kernelReservePages(configuredPages, settings) + settings.reservedPages;
}

/** Pages that a guest takes at this period: part of the way down, or up, to its goal. Whole pages, as the driver divides. */
export function nextPages(guest: Guest, settings: Settings): number {
  const { currentPages, configuredPages } = guest;
  const goal = goalPages(guest, settings);
  const excess = currentPages - goal;
  const step = excess > 0 ? -Math.floor(excess / settings.downHysteresis) : Math.floor(-excess / settings.upHysteresis);
  const next = Math.max(currentPages + step, floorPages(configuredPages, settings));
  return Math.min(next, configuredPages);
}

/** The least a guest leaves itself, by its size: a line in pieces that ends with a slope of about 3 %. */
export function floorPages(configuredPages: number, settings: Settings): number {
  const reserve = kernelReservePages(configuredPages, settings);
  if (settings.minimumUsablePages > 0) return reserve + settings.minimumUsablePages;
  const useful = configuredPages - reserve;
  if (useful < 16 * MIB_PAGES) return configuredPages;
  if (useful < 64 * MIB_PAGES) return reserve + line(useful, 16, 2);
  return reserve + (useful < 512 * MIB_PAGES ? line(useful, 40, 8) : line(useful, 99, 32));
}

function line(usefulPages: number, fromMib: number, divisor: number): number {
  const from = fromMib * MIB_PAGES;
  return from + Math.floor((usefulPages - from) / divisor);
}

function kernelReservePages(configuredPages: number, { guestReserveFraction }: Settings): number {
  return Math.ceil(guestReserveFraction * configuredPages);
}
