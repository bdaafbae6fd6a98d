import { StoredPart } from "../database/checksums/index.ts";

/** A keyframe's row: where it stands, what it rests on, its facts. */
export const KEYFRAME = new StoredPart("keyframes", {
  root_run_id: "int8",
  run_id: "int8",
  position: "int8",
  base_position: "int8",
  full_position: "int8",
  time_ns: "int8",
  text_count: "int4",
  part_count: "int4",
  stored_bytes: "int8",
  layout: "text",
  facts: "bytea",
});

/** One of the `part_count` parts of a keyframe. */
export const KEYFRAME_PART = new StoredPart("keyframe_parts", {
  root_run_id: "int8",
  run_id: "int8",
  position: "int8",
  part: "int4",
  bytes: "bytea",
});

/** The `full_position` of a keyframe that has facts and counts, and no tables. */
export const FACTS_ALONE = 0;

/** Whose keyframe it is, in the log's numbers. */
export type KeyframeOwner = { readonly rootRun: number; readonly run: number };

/** A keyframe that is not what was stored. Moments do without it: an older one and a longer replay give the same. */
export class KeyframeDamaged extends Error {
  override readonly name = "KeyframeDamaged";
  readonly owner: KeyframeOwner;
  /** Of the keyframe that is damaged or missing; others may rest on it. */
  readonly position: number;
  /** As the end of a sentence. */
  readonly what: string;

  constructor({ rootRun, run }: KeyframeOwner, position: number, what: string) {
    super(`the keyframe of run ${run} at position ${position} ${what}; an older one is used, and it is made again`);
    this.owner = { rootRun, run };
    this.position = position;
    this.what = what;
  }
}
