import type { Decision } from "../../../policy/index.ts";

/** A reason is a constant text and a figure's name a word: both are kept once for each text that there is. */
const MAX_REASON_LENGTH = 1_000;
const MAX_FIGURE_NAME_LENGTH = 200;
const MAX_FIGURES = 100;

/** Decisions about the host, which name no VM. */
const ABOUT_HOST: ReadonlySet<unknown> = new Set<Decision["kind"]>(["SharePages"]);

/**
 * What is wrong with the form of something that a policy decided, as the end of a sentence; undefined if its parts can be
 * read as those of a decision. What they ask for is checked by its mechanism.
 */
export function findShapeFault(decision: unknown): string | undefined {
  if (!isRecord(decision)) return "a decision is an object with a kind and a reason";
  const { kind, reason, figures, take } = decision;
  if (typeof kind !== "string") return "its kind is no text";
  if (typeof reason !== "string" || reason === "") return "it gives no reason";
  if (reason.length > MAX_REASON_LENGTH) {
    return `its reason has ${reason.length} characters, more than ${MAX_REASON_LENGTH}: numbers belong into \`figures\``;
  }
  if (!ABOUT_HOST.has(kind) && typeof decision["vm"] !== "number") return "it names no VM by its number";
  return findFiguresFault(figures) ?? (kind === "StealPages" ? findTakeFault(take) : undefined);
}

function findFiguresFault(figures: unknown): string | undefined {
  if (figures === undefined) return undefined;
  if (!isRecord(figures)) return "its figures are no object of numbers";
  const names = Object.keys(figures);
  if (names.length > MAX_FIGURES) return `it has ${names.length} figures, more than ${MAX_FIGURES}`;
  const long = names.find((name) => name.length > MAX_FIGURE_NAME_LENGTH);
  if (long !== undefined) return `the name of a figure has ${long.length} characters, more than ${MAX_FIGURE_NAME_LENGTH}`;
  const wrong = names.find((name) => typeof figures[name] !== "number");
  return wrong === undefined ? undefined : `its figure ${wrong} is no number`;
}

function findTakeFault(take: unknown): string | undefined {
  if (isRecord(take) && ("count" in take || Array.isArray(take["realPages"]))) return undefined;
  return "`take` has neither a count with an order nor a list of real pages";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
