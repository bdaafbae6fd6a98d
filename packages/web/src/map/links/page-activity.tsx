import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../../api/api-error.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { duration } from "../../format/numbers.ts";
import type { Selection } from "../../run/selection.ts";
import type { MapModel } from "../map-model.ts";
import { FrameActivity, RealPageActivity } from "./page-card.generated.ts";

/** The server executes the run again for it: only where somebody rests. */
const REST_MS = 600;

/** When the selected page was last accessed, and whether it is dirty; nothing while that is not known. */
export function PageActivityLine({ model, page }: { readonly model: MapModel; readonly page: Selection }) {
  const position = useRestedPosition(model);
  const moment = position === undefined ? undefined : { run: model.run.value.id, position: String(position) };
  const frame = page.kind === "frame" && moment ? { ...moment, frame: page.physicalPage } : undefined;
  const real = page.kind === "real" && moment ? { ...moment, vm: page.vm, page: page.realPage } : undefined;
  const ofFrame = useAnswer(FrameActivity, frame, { isImmutable: true });
  const ofRealPage = useAnswer(RealPageActivity, real, { isImmutable: true });
  const answer = page.kind === "frame" ? ofFrame : ofRealPage;
  useEffect(() => {
    if (answer.error instanceof ApiError && answer.error.code === "TIMED_OUT") answer.askAgain();
  }, [answer.error]);
  if (page.kind === "virtual") return null;
  const activity = page.kind === "frame" ? ofFrame.data?.run?.at.frame.activity : ofRealPage.data?.run?.at.realPage.activity;
  return <p class="small soft map-activity">{answer.isLoading || activity == null ? "\u00a0" : activityWords(activity)}</p>;
}

function activityWords({ idleNs, isDirty }: { readonly idleNs: string | null; readonly isDirty: boolean }): string {
  const accessed = idleNs === null ? "not accessed yet" : idleNs === "0" ? "accessed just now" : `last accessed ${duration(idleNs)} before`;
  return `${accessed}, ${isDirty ? "dirty" : "clean"}`;
}

function useRestedPosition(model: MapModel): number | undefined {
  const [rested, setRested] = useState<number>();
  const shown = model.session.shown.value?.position;
  useEffect(() => {
    const timer = setTimeout(() => setRested(shown), REST_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return rested === shown ? rested : undefined;
}
