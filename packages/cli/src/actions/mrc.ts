import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { BallastError } from "@ballast/core/errors";
import { parseAlgorithmChoices, parseFrameSizes } from "@ballast/core/replacement";
import type { TraceFormat, TraceUnit } from "@ballast/core/trace/options";
import { type CurveTrace, loadCurveTrace, missRatioCurves, type MissRatioCurves, readCurveTrace } from "@ballast/server/curves";
import { ensureBuiltInTraces } from "@ballast/server/application";
import type { Cli } from "../cli.ts";
import { configurationOf } from "../configuration-of.ts";
import { showCount } from "@ballast/core/quantities";
import { writeWholeFile } from "../output/whole-file.ts";
import { curveChart, chartPage } from "../presentation/curve-chart.ts";
import { curveCsv, curveTable } from "../presentation/curve-lines.ts";
import { readingLines } from "../presentation/reading-lines.ts";
import { sourceOf } from "../trace-argument.ts";
import { STANDARD_STREAM } from "../standard-stream.ts";
import { withApplication } from "../with-application.ts";

export type Options = {
  readonly policies: string;
  readonly sizes: string;
  readonly shards?: number;
  readonly seed?: number;
  readonly csv?: true;
  readonly json?: true;
  readonly chart?: string;
  readonly format?: TraceFormat;
  readonly unit?: TraceUnit;
};

export async function mrcAction(cli: Cli, text: string, options: Options): Promise<void> {
  const { json, csv, chart, shards, seed = 1 } = options;
  if (json === true && csv === true) throw new BallastError("INPUT_INVALID", "--json and --csv are two forms of the same: choose one.");
  if (chart !== undefined) requireChartFile(chart);
  // What is wrong with the options is said before a trace is read.
  const [policies, sizes] = [parseAlgorithmChoices(options.policies), parseFrameSizes(options.sizes)];
  const trace = await findTrace(cli, text, options);
  const request = { policies, sizes, everySize: true, shardsRate: shards ?? null, seed };
  const onProgress = (fraction: number): void => cli.progress.update({ label: `Counting misses of ${trace.name}`, fraction });
  const curves = await missRatioCurves(trace, request, { signal: cli.signal, onProgress });
  cli.progress.clear();
  if (chart !== undefined) await writeChart(cli, chart, curves);
  await print(cli, curves, options);
}

async function findTrace(cli: Cli, text: string, options: Options): Promise<CurveTrace> {
  const isFile = text === STANDARD_STREAM || /[/\\]/.test(text) || existsSync(resolve(cli.folder, text));
  if (isFile) return await readFile(cli, text, options);
  if (options.format !== undefined || options.unit !== undefined) {
    throw new BallastError("INPUT_INVALID", `--format and --unit are of files, and there is no file ${text}.`);
  }
  return await withApplication(cli, { execute: false }, async ({ pool }) => {
    await ensureBuiltInTraces(pool, { names: [text], onProgress: (message) => cli.progress.hint(message), signal: cli.signal });
    return await loadCurveTrace(pool, text);
  });
}

/** Needs no database. */
async function readFile(cli: Cli, text: string, { format, unit, json, csv }: Options): Promise<CurveTrace> {
  const { trace, reading, report } = await readCurveTrace({
    source: sourceOf(text, "standard input", cli.folder),
    maxExpandedBytes: configurationOf(cli).traceBytes,
    ...(format === undefined ? {} : { format }),
    ...(unit === undefined ? {} : { unit }),
    signal: cli.signal,
    onProgress: ({ bytes, totalBytes, referenceCount }) =>
      cli.progress.update({
        label: `Reading ${text}`,
        fraction: totalBytes === undefined ? undefined : bytes / totalBytes,
        detail: `${showCount(referenceCount)} references so far`,
      }),
  });
  cli.progress.clear();
  if (json !== true && csv !== true) for (const line of readingLines({ reading, report })) await cli.output.line(line);
  return trace;
}

async function print({ output, progress }: Cli, curves: MissRatioCurves, { json, csv }: Options): Promise<void> {
  if (json === true) await output.json(curves);
  else if (csv === true) for (const line of curveCsv(curves)) await output.line(line);
  else for (const line of curveTable(curves, output.width)) await output.line(line);
  if (json !== true) for (const note of curves.notes) progress.say(note);
}

function requireChartFile(file: string): void {
  if (/\.(svg|html)$/.test(file)) return;
  throw new BallastError("INPUT_INVALID", `--chart ${file}: the name of a chart ends in .svg or .html.`);
}

async function writeChart(cli: Cli, file: string, curves: MissRatioCurves): Promise<void> {
  const { drawChart } = await import("@ballast/fidelity/chart");
  const chart = curveChart(curves);
  const svg = drawChart(chart);
  const text = file.endsWith(".svg") ? svg : chartPage(chart.title, svg);
  await writeWholeFile(resolve(cli.folder, file), [Buffer.from(text)], cli.signal);
  cli.progress.say(`The chart is in ${file}.`);
}
