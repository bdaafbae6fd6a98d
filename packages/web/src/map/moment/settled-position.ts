import { effect, signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { MapModel } from "../map-model.ts";

const PAUSE_MS = 50;
/** While the position keeps moving. */
const MAX_WAIT_MS = 350;

/** The position that is shown, as soon as it rests, and a few times a second while it moves: for what has to be asked for. */
export function useSettledPosition(model: MapModel): number | undefined {
  const [settled] = useState(() => signal<number | undefined>(model.session.shown.peek()?.position));
  useEffect(() => {
    let [timer, writtenAt]: [ReturnType<typeof setTimeout> | undefined, number] = [undefined, 0];
    const write = (): void => {
      writtenAt = performance.now();
      settled.value = model.session.shown.peek()?.position;
    };
    const end = effect(() => {
      if (model.session.shown.value === undefined) return;
      clearTimeout(timer);
      timer = setTimeout(write, Math.min(PAUSE_MS, Math.max(0, writtenAt + MAX_WAIT_MS - performance.now())));
    });
    return () => {
      end();
      clearTimeout(timer);
    };
  }, [model]);
  return settled.value;
}
