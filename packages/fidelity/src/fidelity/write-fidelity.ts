import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { drawChart } from "../chart/draw-chart.ts";
import { SUBJECTS } from "../checks/index.ts";
import type { CheckReport } from "../run-check.ts";
import { fidelityPage } from "./fidelity-page.ts";

/** Writes fidelity.md into a folder, and its charts into the folder fidelity beside it, replacing those there. */
export async function writeFidelity(folder: string, reports: readonly CheckReport[]): Promise<void> {
  const chartFolder = join(folder, "fidelity");
  await mkdir(chartFolder, { recursive: true });
  const isChart = (name: string): boolean => name.endsWith(".svg");
  for (const name of (await readdir(chartFolder)).filter(isChart)) await rm(join(chartFolder, name));
  for (const chart of reports.flatMap(({ charts }) => charts)) {
    await writeFile(join(chartFolder, `${chart.name}.svg`), drawChart(chart));
  }
  await writeFile(join(folder, "fidelity.md"), fidelityPage(SUBJECTS, reports));
}
