import { NS_PER_MS, NS_PER_S, NS_PER_US } from "@ballast/core/units";

/** 1234567 as 1,234,567, whatever the machine's language. */
export function showCount(count: number): string {
  return count.toLocaleString("en-US", { maximumFractionDigits: 0 });
}

/** Simulated or real time with three figures and its unit. */
export function showDuration(ns: number): string {
  if (ns >= NS_PER_S) return `${threeFigures(ns / NS_PER_S)} s`;
  if (ns >= NS_PER_MS) return `${threeFigures(ns / NS_PER_MS)} ms`;
  if (ns >= NS_PER_US) return `${threeFigures(ns / NS_PER_US)} us`;
  return `${ns} ns`;
}

/** Per second, with three figures: 1.25 M, 310 k. */
export function showRate(perSecond: number): string {
  if (perSecond >= 1e6) return `${threeFigures(perSecond / 1e6)} M`;
  if (perSecond >= 1e3) return `${threeFigures(perSecond / 1e3)} k`;
  return threeFigures(perSecond);
}

function threeFigures(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
