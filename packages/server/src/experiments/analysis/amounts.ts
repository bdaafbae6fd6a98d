import type { Unit } from "@ballast/core/metrics";
import type { ShowAmount } from "@ballast/statistics";

const SIZES = [
  [1e12, "T"],
  [1e9, "G"],
  [1e6, "M"],
  [1e3, "k"],
] as const;

/** Made once: of thousands of amounts, making it would take most of the time. */
const GROUPED = new Intl.NumberFormat("en-US", { maximumFractionDigits: 20 });

/** Differences of a metric in words, by its unit. */
export const AMOUNTS: Readonly<Record<Unit, ShowAmount>> = {
  count: plain,
  ratio: plain,
  state: plain,
  pages: (amount) => counted(amount, "page"),
  bytes: (amount) => `${scaled(amount)}B`,
  pageSeconds: (amount) => counted(amount, "page second"),
  vms: (amount) => counted(amount, "VM"),
  ns: (amount) => `${scaled(amount / 1e9)}s`,
  perSecond: (amount) => `${scaled(amount)}/s`,
};

function counted(amount: number, noun: string): string {
  return `${plain(amount)} ${noun}${amount === 1 ? "" : "s"}`;
}

/** Three significant digits, or all before the decimal point. */
function plain(amount: number): string {
  const rounded = amount >= 100 ? Math.round(amount) : Number(amount.toPrecision(3));
  return GROUPED.format(rounded);
}

function scaled(amount: number): string {
  const [size, prefix] = SIZES.find(([least]) => amount >= least) ?? [1, ""];
  return `${plain(amount / size)} ${prefix}`;
}
