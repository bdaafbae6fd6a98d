/** What keys do on this screen, wherever the focus is but in fields and grids. */
export type Action =
  | "previousEvent"
  | "nextEvent"
  | "previousBatch"
  | "nextBatch"
  | "back100"
  | "forward100"
  | "begin"
  | "end"
  | "previousOfKind"
  | "nextOfKind"
  | "play"
  | "goTo"
  | "help"
  | "colours"
  | "touch"
  | "deselect";

type Shortcut = {
  readonly action: Action;
  readonly key: string;
  readonly withShift?: boolean;
  readonly shownKey: string;
  readonly words: string;
};

export const SHORTCUTS: readonly Shortcut[] = [
  { action: "previousEvent", key: "ArrowLeft", withShift: false, shownKey: "←", words: "previous event" },
  { action: "nextEvent", key: "ArrowRight", withShift: false, shownKey: "→", words: "next event" },
  { action: "previousBatch", key: "ArrowLeft", withShift: true, shownKey: "Shift ←", words: "before what the last access or tick caused" },
  { action: "nextBatch", key: "ArrowRight", withShift: true, shownKey: "Shift →", words: "after what the next access or tick causes" },
  { action: "back100", key: "PageUp", shownKey: "Page up", words: "100 events back" },
  { action: "forward100", key: "PageDown", shownKey: "Page down", words: "100 events on" },
  { action: "begin", key: "Home", shownKey: "Home", words: "before the first event" },
  { action: "end", key: "End", shownKey: "End", words: "the newest event" },
  { action: "previousOfKind", key: "[", shownKey: "[", words: "previous event of the selected kind" },
  { action: "nextOfKind", key: "]", shownKey: "]", words: "next event of the selected kind" },
  { action: "play", key: " ", shownKey: "Space", words: "play and pause" },
  { action: "goTo", key: "g", shownKey: "g", words: "go to a position or time" },
  {
    action: "colours",
    key: "c",
    shownKey: "c",
    words: "colour by owner, by state, by idle age, by dirty pages, by the time since the last event",
  },
  { action: "touch", key: "t", shownKey: "t", words: "of a run that goes on: a click selects a page, loads from it, stores to it" },
  { action: "deselect", key: "Escape", shownKey: "Esc", words: "deselect the page" },
  { action: "help", key: "?", shownKey: "?", words: "this list" },
];

type Key = Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">;

/** What a key does; undefined: nothing here. */
export function actionOf({ key, shiftKey, ctrlKey, metaKey, altKey }: Key): Action | undefined {
  // Many keyboards have brackets on Alt or AltGr only; some systems report AltGr as Ctrl with Alt.
  const isBracket = altKey && !metaKey && (key === "[" || key === "]");
  if ((ctrlKey || metaKey || altKey) && !isBracket) return undefined;
  return SHORTCUTS.find((each) => each.key === key && (each.withShift === undefined || each.withShift === shiftKey))?.action;
}

/** Whether keys are the focused element's own: text is typed, a choice is made, a button is pressed. */
export function isOwnKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("dialog[open], [role=application], input, textarea, select, [contenteditable]") !== null) return true;
  return key === " " && target.closest("button, a, summary") !== null;
}
