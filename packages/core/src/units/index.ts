/** @internal Part of Ballast itself: changes without notice. */

/** Pages are 4 KiB, as on x86-64. */
export const PAGE_BYTES = 4096;

export const NS_PER_US = 1_000;
export const NS_PER_MS = 1_000_000;
export const NS_PER_S = 1_000_000_000;

/** Milliseconds, as parameters have them, to whole ns. */
export function nsFromMs(ms: number): number {
  return Math.round(ms * NS_PER_MS);
}

/** Bytes to whole pages, rounded up. */
export function pagesFromBytes(bytes: number): number {
  return Math.ceil(bytes / PAGE_BYTES);
}

export function bytesFromPages(pages: number): number {
  return pages * PAGE_BYTES;
}

/** Bytes in the units that amounts of memory are given in. */
export const BYTES_PER_UNIT: Readonly<Record<string, number>> = {
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
};

/** An amount of memory for people, in three digits: 23.4 GiB. */
export function formatBytes(bytes: number): string {
  const unit = (["TiB", "GiB", "MiB", "KiB"] as const).find((name) => bytes >= BYTES_PER_UNIT[name]);
  if (unit === undefined) return `${bytes} bytes`;
  const amount = bytes / BYTES_PER_UNIT[unit];
  return `${amount >= 100 ? amount.toFixed(0) : amount.toPrecision(3)} ${unit}`;
}
