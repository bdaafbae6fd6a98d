import { useEffect, useState } from "preact/hooks";
import { isAbort } from "../api/api-error.ts";
import { follow } from "../api/follow.ts";
import { type Answer, useAnswer } from "../api/use-answer.ts";
import { RunHead as RunHeadDocument, type RunHeadQuery } from "./run-head.generated.ts";
import { FollowRun, type FollowRunSubscription } from "./run-progress.generated.ts";

/** What every screen of a run knows of it: origin, status, and how far its events reach. */
export type RunHead = NonNullable<RunHeadQuery["run"]>;

const FINAL: ReadonlySet<RunHead["status"]> = new Set(["COMPLETED", "FAILED", "STOPPED"]);

/** Whether nothing can be added to a run any more. */
export function isFinal({ status }: Pick<RunHead, "status">): boolean {
  return FINAL.has(status);
}

/** A run, followed while it goes on; the error RUN_NOT_FOUND where there is none of this id. */
export function useRunHead(run: string): Answer<RunHead> {
  const answer = useAnswer(RunHeadDocument, { run });
  const [progress, setProgress] = useState<{ readonly run: string; readonly now: FollowRunSubscription["runProgress"] }>();
  // An address may hold the beginning of an id, as the API takes it.
  const asked = answer.data?.run?.id.startsWith(run) === true ? answer.data.run : undefined;
  const isGoingOn = asked !== undefined && !isFinal(asked);
  useEffect(() => {
    if (!isGoingOn) return undefined;
    const abort = new AbortController();
    const onData = ({ runProgress }: FollowRunSubscription): void => setProgress({ run, now: runProgress });
    follow(FollowRun, { run }, { signal: abort.signal, onData }).then(
      // What only a whole run has, such as its digest, is there now.
      () => (abort.signal.aborted ? undefined : answer.askAgain()),
      (error: unknown) => (isAbort(error) ? undefined : answer.askAgain()),
    );
    return () => abort.abort();
  }, [run, isGoingOn]);
  return { ...answer, data: asked === undefined ? undefined : withProgress(asked, progress) };
}

function withProgress(
  run: RunHead,
  progress: { readonly run: string; readonly now: FollowRunSubscription["runProgress"] } | undefined,
): RunHead {
  if (isFinal(run) || progress === undefined || !run.id.startsWith(progress.run)) return run;
  return { ...run, ...progress.now };
}
