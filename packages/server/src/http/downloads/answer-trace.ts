import { traceBytes } from "../../exports/index.ts";
import { isFinal } from "../../runs/index.ts";
import type { Exchange } from "../exchange.ts";
import { runFileName } from "./file-name.ts";
import { readParameters, wholeNumberFrom } from "./query-parameters.ts";
import { sendPieces } from "./send-pieces.ts";

const timeNs = wholeNumberFrom(0);

/** A run as a trace that Perfetto opens. */
export async function answerTrace(exchange: Exchange, id: string): Promise<void> {
  const { services, signal, url } = exchange;
  await services.admissions.take(false, signal);
  const { pool, runs } = services.application;
  const run = await runs.getRun(id);
  const window = readParameters(url.searchParams, { fromTimeNs: timeNs, toTimeNs: timeNs });
  await sendPieces(exchange, {
    mediaType: "application/json; charset=utf-8",
    fileName: `${runFileName(run, "trace")}.json`,
    isImmutable: isFinal(run.status),
    pieces: traceBytes({ pool, run, signal }, window),
  });
}
