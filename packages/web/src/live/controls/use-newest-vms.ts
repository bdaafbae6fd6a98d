import { useEffect, useRef, useState } from "preact/hooks";
import { useAnswer, type Answer } from "../../api/use-answer.ts";
import type { RunHead } from "../../run/run-head.ts";
import { NewestVms, type NewestVmsQuery } from "./newest-vms.generated.ts";

export type NewestVm = NonNullable<NewestVmsQuery["run"]>["at"]["vms"][number];

/** A run makes events faster than a reader needs the sizes of balloons. */
const PAUSE_MS = 500;

/** The VMs at the newest moment, at most every half second; undefined until they are known. */
export function useNewestVms(run: RunHead): Answer<NewestVmsQuery> {
  const position = useSlowly(run.headPosition);
  return useAnswer(NewestVms, { run: run.id, position }, { isImmutable: true });
}

/** A value that follows another one at most every half second. */
function useSlowly(value: string): string {
  const [slow, setSlow] = useState(value);
  const newest = useRef(value);
  newest.current = value;
  const isBehind = slow !== value;
  useEffect(() => {
    if (!isBehind) return undefined;
    const timer = setTimeout(() => setSlow(newest.current), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [isBehind, slow]);
  return slow;
}
