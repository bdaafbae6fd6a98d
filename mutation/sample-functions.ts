import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync, Visitor } from "oxc-parser";

const ROOT = join(import.meta.dirname, "..");

/** A function of a source file, in lines from 1 and columns from 0, as the mutation tool takes it. */
export type SourceRange = string;

/** `count` functions of the files, drawn without replacement: the same for the same seed and the same sources. */
export function sampleFunctions(files: readonly string[], count: number, seed: number): SourceRange[] {
  const all = files.flatMap(functionsOf);
  const random = randomNumbers(seed);
  for (let last = all.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [all[last], all[other]] = [all[other], all[last]];
  }
  return all.slice(0, count).toSorted();
}

/** Functions and methods with a body; not those that stand inside of another one. */
function functionsOf(file: string): SourceRange[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  const found: { start: number; end: number }[] = [];
  const add = (node: { start: number; end: number; body: unknown }): void => {
    if (node.body !== null && !found.some(({ start, end }) => start <= node.start && node.end <= end)) found.push(node);
  };
  new Visitor({ FunctionDeclaration: add, FunctionExpression: add, ArrowFunctionExpression: add }).visit(parseSync(file, text).program);
  return found.map(({ start, end }) => `${file}:${placeOf(text, start)}-${placeOf(text, end)}`);
}

function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split("\n");
  return `${before.length}:${before.at(-1)?.length ?? 0}`;
}

/** Mulberry32: from 0 to 1, 1 excluded. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
