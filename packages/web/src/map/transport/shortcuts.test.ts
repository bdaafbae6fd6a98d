import { expect, test } from "vitest";
import { actionOf, SHORTCUTS } from "./shortcuts.ts";

const PLAIN = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

test("every shortcut that the help lists does what it says, and no two are the same", () => {
  for (const { action, key, withShift } of SHORTCUTS) expect(actionOf({ ...PLAIN, key, shiftKey: withShift ?? false })).toBe(action);
  expect(new Set(SHORTCUTS.map(({ shownKey }) => shownKey)).size).toBe(SHORTCUTS.length);
});

test("signs that need shift on some keyboards work with it and without, and the browser's own shortcuts are left alone", () => {
  expect(actionOf({ ...PLAIN, key: "?", shiftKey: true })).toBe("help");
  expect(actionOf({ ...PLAIN, key: "?" })).toBe("help");
  expect(actionOf({ ...PLAIN, key: "c", ctrlKey: true })).toBeUndefined();
  expect(actionOf({ ...PLAIN, key: "ArrowLeft", altKey: true })).toBeUndefined();
});

// Oracle: what browsers report for "[" on a German keyboard: Option on macOS, AltGr as Ctrl with Alt on Windows.
test("brackets work on keyboards that have them on Alt", () => {
  expect(actionOf({ ...PLAIN, key: "[", altKey: true })).toBe("previousOfKind");
  expect(actionOf({ ...PLAIN, key: "]", altKey: true, ctrlKey: true })).toBe("nextOfKind");
  expect(actionOf({ ...PLAIN, key: "[", metaKey: true })).toBeUndefined();
});
