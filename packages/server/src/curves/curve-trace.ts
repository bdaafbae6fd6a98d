import type { Pool } from "../database/index.ts";
import { loadTrace, readTraceFile, type TraceOfFile } from "../traces/index.ts";
import type { CurveTrace } from "./curve-request.ts";

/** The references of a trace that is kept. @throws BallastError TRACE_NOT_FOUND, HISTORY_DAMAGED. */
export async function loadCurveTrace(pool: Pool, name: string): Promise<CurveTrace> {
  const { referenceCount, pageCount, blocks } = await loadTrace(pool, name);
  return { name, referenceCount, pageCount, blocks, isCompressed: true };
}

/** The references of a file, which is read as an import would, and not kept. @throws TraceError. */
export async function readCurveTrace(
  input: Parameters<typeof readTraceFile>[0],
): Promise<Omit<TraceOfFile, "trace"> & { readonly trace: CurveTrace }> {
  const { trace, reading, report } = await readTraceFile(input);
  return { trace: { ...trace, isCompressed: false }, reading, report };
}
