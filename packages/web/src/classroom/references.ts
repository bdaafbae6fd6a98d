/** A string of references as it is typed: pages by numbers or names. */
export type ReferenceString = { readonly references: readonly string[]; readonly problem: string | undefined };

export const MAX_REFERENCES = 200;
const MAX_LETTERS = 8;

/** Pages are separated by spaces, commas or semicolons. */
export function parseReferences(text: string): ReferenceString {
  const references = text.split(/[\s,;]+/).filter((word) => word !== "");
  return { references, problem: problemOf(references) };
}

function problemOf(references: readonly string[]): string | undefined {
  if (references.length === 0) return "Type pages as numbers or letters, such as 1 2 3 4 1 2 5.";
  if (references.length > MAX_REFERENCES) return `There are ${references.length} references; the grid shows up to ${MAX_REFERENCES}.`;
  const strange = references.find((word) => !/^[\p{L}\p{N}_.-]+$/u.test(word) || word.length > MAX_LETTERS);
  return strange === undefined ? undefined : `"${strange}" is no page: give numbers, or names of up to ${MAX_LETTERS} letters.`;
}

export type FrameCounts = { readonly frames: readonly number[]; readonly problem: string | undefined };

const MAX_FRAMES = 16;

/** Numbers of frames, such as "3" or "3 4". */
export function parseFrames(text: string): FrameCounts {
  const words = text.split(/[\s,;]+/).filter((word) => word !== "");
  const frames = words.map(Number);
  const isRight =
    frames.length >= 1 && frames.length <= 4 && frames.every((each) => Number.isInteger(each) && each >= 1 && each <= MAX_FRAMES);
  return { frames, problem: isRight ? undefined : `Give 1 to 4 numbers of frames, each from 1 to ${MAX_FRAMES}.` };
}
