import { NS_PER_MS } from "@ballast/core/units";
import { defineCheck } from "../../check.ts";
import { exactly } from "../../expectation.ts";
import { consultPolicy, defaultPeriodS, type StatedObservation } from "../../lab/consult-policy.ts";

const SECOND_MS = 1000;

export const ksm = defineCheck({
  id: "policies.ksm",
  title: "KSM looks at 100 pages every 20 ms: 5,000 pages a second",
  source: "Linux, Documentation/admin-guide/mm/ksm.rst: pages_to_scan 100, sleep_millisecs 20",
  confidence: "published",
  method: "One second of periods, without ksmtuned.",
  isQuick: true,
  figures: {
    "pages per scan": { unit: "pages", expected: exactly(100), noProof: "configuration" },
    "pages in a second": { unit: "pages", expected: exactly(5000) },
  },
  run: async ({ policy }) => {
    const vm = { configuredPages: 100_000 };
    const tickMs = 1000 * defaultPeriodS(policy("ksm"));
    const ticks = Array.from({ length: SECOND_MS / tickMs }, (_, tick): StatedObservation => ({
      timeNs: tick * tickMs * NS_PER_MS,
      host: { framePages: 200_000, freePages: 10_000 },
      vms: [vm],
    }));
    const decided = consultPolicy(policy("ksm"), { tuning: "none" }, ticks).flat();
    const pages = decided.map((decision) => (decision.kind === "SharePages" ? decision.pages : Number.NaN));
    return {
      figures: { "pages per scan": pages[0] ?? Number.NaN, "pages in a second": pages.reduce((sum, count) => sum + count, 0) },
    };
  },
});
