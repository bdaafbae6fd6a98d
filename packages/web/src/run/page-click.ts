import { computed, signal } from "@preact/signals";
import type { Selection } from "./selection.ts";

/** What a click on a page of a grid does, or the space key in a grid. */
export const CLICK_MODES = ["select", "load", "store"] as const;
export type ClickMode = (typeof CLICK_MODES)[number];

type Click = (page: Selection) => void;

/** What takes clicks that do not select: the controls of a run that goes on. Undefined: there is none, and clicks select. */
export const touchByClick = signal<Click | undefined>(undefined);
export const clickMode = signal<ClickMode>("select");

/** Is given the pages that are clicked; undefined: a click selects. */
export const pageClick = computed(() => (clickMode.value === "select" ? undefined : touchByClick.value));

/** The next mode, if there is something that takes the clicks. */
export function cycleClickMode(): void {
  if (touchByClick.peek() === undefined) return;
  clickMode.value = CLICK_MODES[(CLICK_MODES.indexOf(clickMode.peek()) + 1) % CLICK_MODES.length] ?? "select";
}
