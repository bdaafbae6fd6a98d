import { NS_PER_MS, NS_PER_S, NS_PER_US } from "@ballast/core/units";
import { InvalidArgumentError } from "commander";
import type { At } from "@ballast/server/history";
import { parseWholeNumber } from "./arguments.ts";

const UNITS: Readonly<Record<string, number>> = { ns: 1, us: NS_PER_US, ms: NS_PER_MS, s: NS_PER_S };

/** The help of options and arguments that `parseMoment` reads. */
export const MOMENT = "a position (1200), a simulated time (3.5ms), or latest";

/** A moment of a run: a position (`1200`), a simulated time (`1500ns`, `3.5ms`, `2s`), or `latest`. */
export function parseMoment(text: string): At {
  if (text === "latest") return "latest";
  const timeNs = readTime(text);
  return timeNs === undefined ? { position: parsePosition(text) } : { timeNs };
}

/** A simulated time, in ns. */
export function parseTime(text: string): number {
  const timeNs = readTime(text);
  if (timeNs !== undefined) return timeNs;
  throw new InvalidArgumentError("It must be a simulated time with its unit: 1500ns, 20us, 3.5ms, 2s.");
}

/** In ns; undefined for what is no time with a unit. */
function readTime(text: string): number | undefined {
  const time = /^(\d+(?:\.\d+)?) ?(ns|us|ms|s)$/.exec(text);
  if (time === null) return undefined;
  const timeNs = Math.round(Number(time[1]) * (UNITS[time[2] ?? ""] ?? NaN));
  if (Number.isSafeInteger(timeNs)) return timeNs;
  throw new InvalidArgumentError("It lies beyond 2^53 ns, some 104 days.");
}

function parsePosition(text: string): number {
  try {
    return parseWholeNumber(text);
  } catch {
    throw new InvalidArgumentError("It must be a position (1200), a simulated time (1500ns, 20us, 3.5ms, 2s), or latest.");
  }
}
