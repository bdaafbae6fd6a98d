import { useEffect, useState } from "preact/hooks";
import { ApiError, isAbort } from "../api/api-error.ts";
import { ask } from "../api/ask.ts";
import { reconnections } from "../api/connection.ts";
import type { RunHead } from "../run/run-head.ts";
import { RunHead as RunHeadDocument } from "../run/run-head.generated.ts";

export type RunsAnswer = { readonly data: readonly RunHead[] | undefined; readonly error: unknown; readonly askAgain: () => void };

/** The runs of some ids, all of them or an error. */
export function useRuns(ids: readonly string[]): RunsAnswer {
  const [answer, setAnswer] = useState<Omit<RunsAnswer, "askAgain">>({ data: undefined, error: undefined });
  const [again, setAgain] = useState(0);
  const key = `${ids.join(",")} ${again} ${reconnections.value}`;
  useEffect(() => {
    const abort = new AbortController();
    Promise.all(ids.map((run) => headOf(run, abort.signal))).then(
      (data) => setAnswer({ data, error: undefined }),
      (error: unknown) => {
        if (!isAbort(error)) setAnswer({ data: undefined, error });
      },
    );
    return () => abort.abort();
  }, [key]);
  return { ...answer, askAgain: () => setAgain((count) => count + 1) };
}

async function headOf(id: string, signal: AbortSignal): Promise<RunHead> {
  const { run } = await ask(RunHeadDocument, { run: id }, signal);
  if (run === null) throw new ApiError("RUN_NOT_FOUND", `there is no run ${id}`);
  return run;
}
