import { METRICS } from "@ballast/core/metrics";
import { nameOf, PolicyDecided } from "@ballast/core/events";
import type { Pool } from "@ballast/server/database";
import { readAllDecisions, readAllSeries, readSummary, type SeriesMoment } from "@ballast/server/projections";
import type { Run } from "@ballast/server/runs";
import type { CurvePoint, VariantCurves, VmCurves } from "../report.ts";

/** Points of a curve: about one for every pixel and a half of a chart. */
const MAX_POINTS = 200;
const MAX_VMS = 8;
/** More decisions than these cannot be drawn; the first of them are. */
const MAX_DECISIONS = 20_000;

const { residentPages, balloonSizePages, swappedPages, faults } = METRICS.vmPlaces;

type Source = { readonly pool: Pool; readonly signal: AbortSignal };

/** How a run went by its series and decisions; undefined: none are kept of it. */
export async function curvesOf({ pool, signal }: Source, run: Run, label: string): Promise<VariantCurves | undefined> {
  if (run.keeps === "figures") return undefined;
  const summary = await readSummary(pool, run.logId);
  if (summary === undefined) return undefined;
  const shown = summary.vms.filter(({ isRefused }) => !isRefused).slice(0, MAX_VMS);
  const vms: VmCurves[] = [];
  for (const { vm, name, configuredPages } of shown) {
    const moments: SeriesMoment[] = [];
    for await (const moment of readAllSeries(pool, run.logId, { vm, signal })) moments.push(moment);
    vms.push({ vm, name, configuredPages, points: pointsOf(thinned(moments)) });
  }
  return { label, seed: run.seed, endNs: run.headTimeNs, vms, decisions: await decisionsOf({ pool, signal }, run) };
}

function thinned(moments: readonly SeriesMoment[]): SeriesMoment[] {
  const step = Math.ceil(moments.length / MAX_POINTS);
  return moments.filter((_, index) => index % step === 0 || index === moments.length - 1);
}

/** Counters of series are since the run began. */
function pointsOf(moments: readonly SeriesMoment[]): CurvePoint[] {
  return moments.map(({ timeNs, values }, index) => ({
    timeNs,
    residentPages: values[residentPages] ?? 0,
    balloonPages: values[balloonSizePages] ?? 0,
    swappedPages: values[swappedPages] ?? 0,
    faults: (values[faults] ?? 0) - (moments[index - 1]?.values[faults] ?? 0),
  }));
}

async function decisionsOf({ pool, signal }: Source, run: Run): Promise<VariantCurves["decisions"]> {
  const found: { timeNs: number; vm: number; kind: string }[] = [];
  for await (const { timeNs, vm, kind, decision } of readAllDecisions(pool, run.logId, { signal })) {
    found.push({ timeNs, vm, kind: nameOf(PolicyDecided.fields.a.choices, kind, `the kind of decision ${decision}`) });
    if (found.length === MAX_DECISIONS) break;
  }
  return found;
}
