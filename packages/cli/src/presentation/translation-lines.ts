import type { Translation } from "@ballast/server/api/translate";
import { showCount, showDuration } from "@ballast/core/quantities";
import { wrap } from "../output/wrap.ts";
import { CONTENT_WORDS } from "./content-words.ts";

/** A translation as `--json` shows it; part of what docs/cli.md promises. */
export type TranslationShape = Translation & {
  readonly runId: string;
  readonly position: number;
  readonly timeNs: number;
  readonly vmName: string;
  readonly processName: string;
  readonly virtualPageName: string | null;
};

const OUTCOMES: Readonly<Record<Translation["outcome"], string>> = { hit: "hit", pageMiss: "page miss", hostFault: "host fault" };

/** The way of a page, a step to a paragraph, and how it ends. */
export function translationLines(shape: TranslationShape, width?: number): string[] {
  const { runId, position, timeNs, vm, vmName, process, processName, virtualPage, virtualPageName, steps } = shape;
  const name = virtualPageName === null ? "" : ` (${virtualPageName})`;
  const heading = [
    `Virtual page ${virtualPage}${name} of process ${process} (${processName}) in VM ${vm} (${vmName})`,
    `Run ${runId} after event ${showCount(position)}, at ${showDuration(timeNs)} of simulated time`,
  ];
  const way = steps.flatMap(({ description }, index) => indented(`${index + 1}. `, description, width));
  const end = `Outcome: ${OUTCOMES[shape.outcome]}; content: ${CONTENT_WORDS[shape.contentPlace]}; a walk of the tables takes ${shape.walkReferences} memory references.`;
  return [...heading.flatMap((line) => wrap(line, width)), "", ...way, "", ...wrap(end, width)];
}

function indented(mark: string, text: string, width = Infinity): string[] {
  return wrap(text, width - mark.length).map((line, index) => (index === 0 ? mark : " ".repeat(mark.length)) + line);
}
