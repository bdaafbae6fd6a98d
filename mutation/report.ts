import { readFileSync } from "node:fs";
import { join, relative } from "node:path";

export type Mutant = {
  readonly fileName: string;
  readonly location: Span;
  readonly mutatorName: string;
  readonly replacement: string;
  readonly status: string;
};

type Span = { readonly start: Position; readonly end: Position };
/** Lines and columns from 1. */
type Position = { readonly line: number; readonly column: number };

const FOUND = new Set(["Killed", "Timeout"]);
const LEFT = new Set(["Survived", "NoCoverage"]);

/** Killed or endless ones, and all that were run; others (compile errors, module constants) say nothing. */
export function scoreOf(mutants: readonly Mutant[]): { readonly found: number; readonly run: number } {
  const found = mutants.filter(({ status }) => FOUND.has(status)).length;
  return { found, run: found + mutants.filter(({ status }) => LEFT.has(status)).length };
}

/** Survivors as lines: place, what stood there, and what took its place without a test's noticing. */
export function reportSurvivors(mutants: readonly Mutant[], folder: string): string[] {
  return mutants
    .filter(({ status }) => LEFT.has(status))
    .map(({ fileName, location, replacement, status }) => {
      const file = relative(folder, fileName);
      const original = textAt(readFileSync(join(folder, file), "utf8"), location);
      const { line } = location.start;
      return `${file}:${line}: ${short(original)} -> ${short(replacement)}${status === "NoCoverage" ? " (no test reaches it)" : ""}`;
    });
}

function textAt(text: string, { start, end }: Span): string {
  const lines = text.split("\n");
  const offset = ({ line, column }: Position): number =>
    lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0) + column - 1;
  return text.slice(offset(start), offset(end));
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/gu, " ").trim();
  return line.length <= 100 ? line : `${line.slice(0, 97)}...`;
}
