import { IntStack } from "../structures/int-stack.ts";
import { NEVER } from "../structures/never.ts";

export type ReclaimStateSaved = { turnNs: number; pages: number; written: Int32Array };

/** What a guest's background reclaim knows from turn to turn. */
export class ReclaimState {
  /** When its next turn comes; NEVER while it sleeps. */
  turnNs = NEVER;
  /** Pages it gave up since it was woken. */
  pages = 0;
  /** Real pages that are free when the writes of its last turn are done. */
  readonly written = new IntStack();

  save(): ReclaimStateSaved {
    return { turnNs: this.turnNs, pages: this.pages, written: this.written.save() };
  }

  load(saved: ReclaimStateSaved): void {
    this.turnNs = saved.turnNs;
    this.pages = saved.pages;
    this.written.load(saved.written);
  }
}
