/** `asked`: the reader is to find it out; a table is there to look it up in. */
export type StageState = "shown" | "asked" | "hidden";

/** In the place of a step that is not shown yet. */
export function Hidden() {
  return <p class="stage-hidden faint">Not shown yet.</p>;
}
