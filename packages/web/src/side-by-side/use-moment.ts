import { useEffect, useRef, useState } from "preact/hooks";
import { isAbort } from "../api/api-error.ts";
import { askImmutable } from "../api/immutable-answers.ts";
import { ask } from "../api/ask.ts";
import { isFinal, type RunHead } from "../run/run-head.ts";
import { atOf, type Place } from "./place.ts";
import { MomentOfRun, type MomentOfRunQuery } from "./side-by-side.generated.ts";

type Moment = NonNullable<MomentOfRunQuery["run"]>["at"];
export type MomentAnswer = { readonly moment: Moment | undefined; readonly error: unknown; readonly askAgain: () => void };

/**
 * The moment of one of the runs. While one is on its way it is not aborted, or dragging and playing would show nothing before
 * their end: the newest is asked for behind it.
 */
export function useMoment(run: RunHead, place: Place, index: number): MomentAnswer {
  const [answer, setAnswer] = useState<Omit<MomentAnswer, "askAgain">>({ moment: undefined, error: undefined });
  const [again, setAgain] = useState(0);
  const state = useRef({ isAsking: false, isOver: false, newest: atOf(place, index) });
  const key = JSON.stringify(atOf(place, index));
  state.current.newest = atOf(place, index);
  useEffect(() => {
    const asking = state.current;
    const follow = async (): Promise<void> => {
      for (let asked = ""; asked !== JSON.stringify(asking.newest) && !asking.isOver;) {
        asked = JSON.stringify(asking.newest);
        const moment = await momentOf(run, asking.newest);
        if (!asking.isOver) setAnswer({ moment, error: undefined });
      }
    };
    if (asking.isAsking) return;
    asking.isAsking = true;
    follow()
      .catch((error: unknown) => (isAbort(error) || asking.isOver ? undefined : setAnswer((before) => ({ ...before, error }))))
      .finally(() => {
        asking.isAsking = false;
      });
  }, [key, again]);
  useEffect(() => {
    state.current.isOver = false;
    return () => {
      state.current.isOver = true;
    };
  }, []);
  return { ...answer, askAgain: () => setAgain((count) => count + 1) };
}

async function momentOf(run: RunHead, at: ReturnType<typeof atOf>): Promise<Moment | undefined> {
  const variables = { run: run.id, at };
  const data = isFinal(run) ? await askImmutable(MomentOfRun, variables) : await ask(MomentOfRun, variables);
  return data.run?.at;
}
