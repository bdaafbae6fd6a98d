import { seedsText } from "@ballast/statistics/words";
import { PAGE_BYTES } from "@ballast/core/units";
import type { CapacityAnswer, CapacityPoint, PolicyCapacity, Varied } from "@ballast/server/capacity";
import { fittingTable } from "../output/fitting-table.ts";
import type { Output } from "../output/output.ts";
import { showBytes, showCount } from "@ballast/core/quantities";
import type { Column } from "../output/table.ts";
import { wrap } from "../output/wrap.ts";

const DECIMALS = 3;

/** An answer for people: the capacity under each policy, the curve that was walked, and how to read both. */
export function capacityLines(answer: CapacityAnswer, output: Output): string[] {
  const { scenarioName, vary, vm, maxSlowdown, percentile, seeds, policies } = answer;
  const what = vary === "vms" ? `the most VMs "${vm}"` : "the least memory of the host";
  const heading = `Capacity of ${scenarioName}: ${what} with ${percentile} % of the VMs slowed down by at most ${maxSlowdown}, ${seedsText(seeds)}`;
  const notes = policies.flatMap(({ label, notes: own }) => own.map((note) => `${label}: ${note}`));
  return [
    output.paint("bold", heading),
    "",
    ...fittingTable(answerColumns(answer), policies, output.width),
    "",
    ...fittingTable(curveColumns(vary), policies.flatMap(rowsOf), output.width),
    "",
    ...[howToRead(answer), ...notes].flatMap((sentence) => wrap(sentence, output.width)),
  ];
}

/** A point while the search goes on. */
export function pointText(point: CapacityPoint, vary: Varied): string {
  return `${valueText(point.value, vary)}: slowdown ${slowdownText(point)}${point.keeps ? "" : ", beyond the limit"}`;
}

function answerColumns({ vary }: CapacityAnswer): Column<PolicyCapacity>[] {
  const of = (value: number | null): string => (value === null ? "none" : valueText(value, vary));
  const [sure, possible] = vary === "vms" ? ["at least", "at most"] : ["surely with", "hardly below"];
  return [
    { title: "policy", cell: ({ label }) => label },
    { title: vary === "vms" ? "VMs" : "frames", align: "right", cell: ({ value, isAtEnd }) => `${of(value)}${isAtEnd ? " or more" : ""}` },
    { title: sure, align: "right", cell: (policy) => of(policy.sure) },
    { title: possible, align: "right", cell: (policy) => of(policy.possible) },
  ];
}

type CurveRow = CapacityPoint & { readonly label: string };

function rowsOf({ label, points }: PolicyCapacity): CurveRow[] {
  return points.map((point): CurveRow => ({ ...point, label }));
}

function curveColumns(vary: Varied): Column<CurveRow>[] {
  return [
    { title: "policy", cell: ({ label }) => label },
    { title: vary === "vms" ? "VMs" : "frames", align: "right", cell: ({ value }) => valueText(value, vary) },
    { title: "slowdown", align: "right", cell: ({ mean }) => factorText(mean) },
    { title: "95 %", align: "right", cell: ({ low, high }) => `${factorText(low)} to ${factorText(high)}` },
    { title: "VMs lost", align: "right", cell: ({ vmsLost }) => showCount(vmsLost) },
    { title: "keeps the limit", cell: ({ keeps }) => (keeps ? "yes" : "no") },
  ];
}

function valueText(value: number, vary: Varied): string {
  return vary === "vms" ? showCount(value) : `${showCount(value)} (${showBytes(value * PAGE_BYTES)})`;
}

function slowdownText({ mean, low, high }: CapacityPoint): string {
  return low === high ? factorText(mean) : `${factorText(mean)} (95 %: ${factorText(low)} to ${factorText(high)})`;
}

function factorText(slowdown: number): string {
  return Number.isFinite(slowdown) ? slowdown.toFixed(DECIMALS) : "unbounded";
}

function howToRead({ vary, percentile, seeds, resolution }: CapacityAnswer): string {
  const interval =
    seeds.length === 1
      ? "One seed gives no interval."
      : `${vary === "vms" ? "At least and at most" : "Surely with and hardly below"}: where the upper and the lower bound of the mean's 95 % interval keep the limit.`;
  const within = vary === "frames" && resolution > 1 ? ` Found to within ${showCount(resolution)} frames.` : "";
  return (
    `Slowdown: the ${percentile}th percentile over the VMs of a run of their time over their time without overcommitment, its mean over the seeds; ` +
    `a VM that was killed, refused or made no progress is slower than any limit (VMs lost, over all seeds). ${interval}${within} ` +
    "The search assumes that more load slows down more."
  );
}
