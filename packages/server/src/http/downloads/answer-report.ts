import type { Experiment } from "../../experiments/index.ts";
import type { Run } from "../../runs/index.ts";
import type { Exchange } from "../exchange.ts";
import { RefusedRequest } from "../http-error.ts";
import { experimentFileName, runFileName } from "./file-name.ts";
import { readParameters } from "./query-parameters.ts";
import { sendPieces } from "./send-pieces.ts";

/** Makes pages that need nothing besides themselves. */
export type ReportPages = {
  experiment(experiment: Experiment, signal: AbortSignal): Promise<string>;
  run(run: Run, signal: AbortSignal): Promise<string>;
};

/** As the page itself has it, and in no frame of others. */
const REPORT_CSP = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

export async function answerExperimentReport(exchange: Exchange, id: string, pages: ReportPages): Promise<void> {
  const { services, signal } = exchange;
  await begin(exchange);
  const experiment = await services.application.experiments.getExperiment(id);
  if (experiment.status === "running") throw unfinished(experiment);
  const page = await services.reports.run(() => pages.experiment(experiment, signal), signal);
  await send(exchange, experimentFileName(experiment, "report"), page);
}

export async function answerRunReport(exchange: Exchange, id: string, pages: ReportPages): Promise<void> {
  const { services, signal } = exchange;
  await begin(exchange);
  const run = await services.application.runs.getRun(id);
  const page = await services.reports.run(() => pages.run(run, signal), signal);
  await send(exchange, runFileName(run, "report"), page);
}

async function begin({ services, signal, url }: Exchange): Promise<void> {
  await services.admissions.take(false, signal);
  readParameters(url.searchParams, {});
}

async function* onePiece(page: string): AsyncGenerator<Uint8Array, void, void> {
  yield await Promise.resolve(Buffer.from(page));
}

/** Its runs may be deleted, and a later version may draw it differently. */
async function send(exchange: Exchange, fileName: string, page: string): Promise<void> {
  const headers = { "content-security-policy": REPORT_CSP };
  const file = { mediaType: "text/html; charset=utf-8", fileName: `${fileName}.html`, isImmutable: false, disposition: "inline" } as const;
  await sendPieces(exchange, { ...file, headers, pieces: onePiece(page) });
}

function unfinished({ id, variants }: Experiment): RefusedRequest {
  const cells = variants.flatMap((variant) => variant.cells);
  const ended = cells.filter(({ metrics }) => metrics !== null).length;
  const message = `experiment ${id} is still running, with ${ended} of its ${cells.length} runs ended: its report can be made when all have`;
  return new RefusedRequest("RUN_STATE", message, {}, 409);
}
