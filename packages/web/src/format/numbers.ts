import { showDuration } from "@ballast/core/quantities";
import { MINUS, signed, SPACE } from "./typeset.ts";

const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const PLACES = [0, 1, 2, 3].map((digits) => new Intl.NumberFormat("en", { maximumFractionDigits: digits, minimumFractionDigits: digits }));

const PAGE_BYTES = 4096;

/** `12,345`. Takes the API's 64-bit numbers as they come. */
export function count(value: string | number | bigint): string {
  return WHOLE.format(typeof value === "string" ? BigInt(value) : value).replace("-", MINUS);
}

/** `3.14` with three significant digits. */
export function decimal(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const magnitude = Math.abs(value);
  const digits = magnitude >= 100 || value === 0 ? 0 : magnitude >= 10 ? 1 : magnitude >= 1 ? 2 : 3;
  return (PLACES[digits] as Intl.NumberFormat).format(value).replace("-", MINUS);
}

/** `+4.2 %`, from a ratio. */
export function signedPercent(ratio: number): string {
  return `${ratio > 0 ? "+" : ""}${decimal(ratio * 100)}${SPACE}%`;
}

/** `42 %`, from a ratio. */
export function percent(ratio: number): string {
  return `${decimal(ratio * 100)}${SPACE}%`;
}

/** Simulated time in the unit that suits it: `1.25 ms`. */
export function duration(ns: string | number | bigint): string {
  return signed(Number(ns), (amount) => showDuration(amount));
}

/** Simulated time since the run began, of the same number of digits everywhere: `12.345678 s`. */
export function timestamp(ns: string | number | bigint): string {
  const micro = BigInt(ns) / 1_000n;
  return `${WHOLE.format(micro / 1_000_000n)}.${String(micro % 1_000_000n).padStart(6, "0")}${SPACE}s`;
}

/** `512 MiB`, of pages of 4 KiB. */
export function pagesAsBytes(pages: string | number): string {
  return bytes(Number(pages) * PAGE_BYTES);
}

/** `1.5 MiB`. */
export function bytes(value: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, Math.abs(value))) / 10));
  return `${decimal(value / 1024 ** power)}${SPACE}${units[power]}`;
}

/** `1 page`, `3 pages`. */
export function counted(value: string | number | bigint, one: string, many = `${one}s`): string {
  return `${count(value)} ${BigInt(value) === 1n ? one : many}`;
}

/** `COMPRESSION_CACHE` as `compression cache`. */
export function enumWords(name: string): string {
  return name.toLowerCase().replaceAll("_", " ");
}

/** When something was made, in the reader's time zone: `29 Nov, 21:04`. */
export function dateTime(iso: string): string {
  return new Date(iso).toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}
