import { AccessKind } from "../../events/index.ts";
import { LOWER_CASE_BIT } from "./ascii.ts";

/** Instead of an access kind: the letter stands for none. */
export const NO_KIND = -1;

const KINDS_BY_LETTER: Readonly<Record<string, number>> = {
  i: AccessKind.Instruction,
  l: AccessKind.Load,
  r: AccessKind.Load,
  g: AccessKind.Load,
  s: AccessKind.Store,
  w: AccessKind.Store,
  p: AccessKind.Store,
  m: AccessKind.Modify,
};

const KINDS: Int8Array = makeKinds();

/**
 * The access kind that a first letter stands for, upper or lower case: instruction; load, read, get; store, write,
 * put; modify.
 */
export function kindOfLetter(byte: number): number {
  return KINDS[byte];
}

function makeKinds(): Int8Array {
  const kinds = new Int8Array(256).fill(NO_KIND);
  for (const [letter, kind] of Object.entries(KINDS_BY_LETTER)) {
    const byte = letter.charCodeAt(0);
    kinds[byte] = kind;
    kinds[byte & ~LOWER_CASE_BIT] = kind;
  }
  return kinds;
}
