import { computed } from "@preact/signals";
import { parameter } from "../../address/address.ts";
import { parseFrames, parseReferences } from "../references.ts";

const refs = parameter("refs");
const frames = parameter("frames");
const algorithms = parameter("algorithms");
const seed = parameter("seed");

/** Belady's string of 1969: FIFO has 9 faults with 3 frames and 10 with 4. */
export const BELADY = { refs: "1 2 3 4 1 2 5 1 2 3 4 5", frames: "3 4", algorithms: "fifo" };
/** The string that operating-system textbooks step through, with three frames. */
export const TEXTBOOK = { refs: "7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1", frames: "3", algorithms: "fifo lru opt" };
/** A loop one page longer than memory, which LRU misses every time. */
export const LOOP = { refs: "a b c d a b c d a b c d", frames: "3", algorithms: "lru opt" };

/** What the address asks for; the textbook's string where it asks for nothing. */
export const askedGrids = computed(() => {
  const text = { refs: refs.value ?? TEXTBOOK.refs, frames: frames.value ?? TEXTBOOK.frames, seed: seed.value ?? "1" };
  const chosen = (algorithms.value ?? TEXTBOOK.algorithms).split(/[\s,]+/).filter((name) => name !== "");
  const parsed = { references: parseReferences(text.refs), frames: parseFrames(text.frames) };
  const problems = {
    refs: parsed.references.problem,
    frames: parsed.frames.problem,
    algorithms: chosen.length === 0 ? "Choose at least one algorithm." : undefined,
    seed: /^\d{1,15}$/.test(text.seed) ? undefined : "A seed is a whole number of up to 15 digits.",
  };
  return {
    text,
    chosen,
    problems,
    isValid: Object.values(problems).every((problem) => problem === undefined),
    variables: { references: parsed.references.references, frames: parsed.frames.frames, algorithms: chosen, seed: text.seed },
  };
});
