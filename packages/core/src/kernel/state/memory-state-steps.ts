import { byNumber, MemoryState, valueOf } from "../../events/index.ts";
import type { HostObservation, MemoryStateName } from "../../policy/index.ts";
import { type HostSpec, type MemoryMarks, memoryMarks } from "../../scenario/index.ts";

const NAMES = byNumber<keyof typeof MemoryState, MemoryStateName>(MemoryState, {
  High: "high",
  Clear: "clear",
  Soft: "soft",
  Hard: "hard",
  Low: "low",
});

/** @throws UnknownNumber. */
export function memoryStateName(state: number): MemoryStateName {
  return valueOf(NAMES, state, "a memory state");
}

type Step = { readonly state: MemoryState; readonly enteredBelow: number; readonly leftAbove: number };

/** The states of a host below high, from the mildest, each with the free frames at which it begins and ends. */
export class MemoryStateSteps {
  private readonly marks: MemoryMarks;
  private readonly steps: readonly Step[];

  constructor({ memoryStates, memoryStateMargin, framePages }: HostSpec) {
    this.marks = memoryMarks(memoryStates, framePages);
    const { high, clear, soft, hard, low, areLeftAtNext } = this.marks;
    const begins: [state: MemoryState, mark: number][] = [
      [MemoryState.Soft, soft],
      [MemoryState.Hard, hard],
      [MemoryState.Low, low],
    ];
    if (clear !== undefined) begins.unshift([MemoryState.Clear, clear]);
    this.steps = begins.map(([state, mark], index) => {
      const next = index === 0 ? high : begins[index - 1][1];
      return { state, enteredBelow: mark, leftAbove: (areLeftAtNext ? next : mark) * (1 + memoryStateMargin) };
    });
  }

  /** The state of a host with `free` free frames that is in the state `current`. */
  find(free: number, current: MemoryState): MemoryState {
    let found: MemoryState = MemoryState.High;
    let isDeeper = current === MemoryState.High;
    for (const { state, enteredBelow, leftAbove } of this.steps) {
      if (free < (isDeeper ? enteredBelow : leftAbove)) found = state;
      isDeeper ||= state === current;
    }
    return found;
  }

  get seen(): HostObservation["marks"] {
    const { high, clear, soft, hard, low } = this.marks;
    const clearPages = clear === undefined ? {} : { clearPages: clear };
    return { highPages: high, ...clearPages, softPages: soft, hardPages: hard, lowPages: low };
  }
}
