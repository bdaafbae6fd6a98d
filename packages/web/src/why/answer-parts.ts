import { counted, duration, timestamp } from "../format/numbers.ts";
import { decisionWords } from "../run/decision-words.ts";
import { fieldNumber, fieldShown, figureWords } from "../run/event-words.ts";
import { type Selection, selectionWords } from "../run/selection.ts";
import type { StoryEvent } from "./story-source.ts";

/** A sentence is text with links to other pages' stories in it. */
export type AnswerPart = string | { readonly text: string; readonly page: Selection };

export type StoryOfPage = {
  readonly selection: Selection;
  /** Up to the moment, newest first. */
  readonly earlier: readonly StoryEvent[];
  /** Whether there are events before these. */
  readonly isCut: boolean;
  /** What became of the lost frame: events of that frame after the loss, oldest first. */
  readonly afterwards: readonly StoryEvent[];
  readonly nameOf: (vm: number) => string;
  readonly policyName: string;
};

const LOSSES: ReadonlySet<string> = new Set(["FRAME_UNMAPPED", "SHARED_FRAME_UNMAPPED"]);
const GAINS: ReadonlySet<string> = new Set(["FRAME_MAPPED", "FRAME_SHARED", "PAGE_SHARED", "SHARED_PAGE_COPIED", "SWAP_CACHE_HIT"]);

/** The event with which a page lost its frame, or its real page, last. Events are newest first. */
export function lastLoss(selection: Selection, newestFirst: readonly StoryEvent[]): StoryEvent | undefined {
  return newestFirst.find(({ type }) => (selection.kind === "virtual" ? type === "PAGE_UNMAPPED" : LOSSES.has(type)));
}

/** The frame that an event names; of a copied page the one with the copy. */
export function frameOf(event: StoryEvent): number | undefined {
  return fieldNumber(event, "physicalPage") ?? fieldNumber(event, "sharedPhysicalPage");
}

/** Why the page lost what it had, in a few sentences; without a loss: that there was none. */
export function answerParts(story: StoryOfPage): AnswerPart[] {
  const loss = lastLoss(story.selection, story.earlier);
  if (loss === undefined) return noLoss(story);
  if (story.selection.kind === "virtual") return [...virtualLoss(story, loss), ...reason(story, loss)];
  return [...frameLoss(story, loss), ...reason(story, loss), ...keptWhere(story, loss), ...givenTo(story, loss), ...since(story, loss)];
}

function noLoss({ selection, earlier, isCut, nameOf }: StoryOfPage): AnswerPart[] {
  const what = selection.kind === "virtual" ? "its real page" : selection.kind === "real" ? "its frame" : "from the page that has it";
  const verb = selection.kind === "frame" ? "has not been taken" : "has not lost";
  const span = isCut ? ` within its last ${counted(earlier.length, "event")}` : " up to this moment";
  if (earlier.length === 0) return [`Nothing has happened to ${selectionWords(selection, nameOf)} up to this moment.`];
  return [`${sentenceStart(selectionWords(selection, nameOf))} ${verb} ${what}${span}.`];
}

function virtualLoss({ selection, nameOf }: StoryOfPage, loss: StoryEvent): AnswerPart[] {
  const realPage = fieldNumber(loss, "realPage");
  const start = `${sentenceStart(selectionWords(selection, nameOf))} lost its `;
  const page: AnswerPart =
    realPage === undefined || loss.vm === null
      ? "real page"
      : { text: `real page ${realPage}`, page: { kind: "real", vm: loss.vm, realPage } };
  const how = VIRTUAL_CAUSES[fieldShown(loss, "cause") ?? ""] ?? "";
  return [start, page, ` at ${timestamp(loss.timeNs)}${how}`];
}

const VIRTUAL_CAUSES: Readonly<Record<string, string>> = {
  replacement: ", because the guest needed a real page for another one and its replacement chose this",
  background: ", because the guest's background reclaim gave it up",
  balloon: ", because the guest gave it up for its balloon",
  exit: ", because its process ended",
};

function frameLoss({ selection, nameOf }: StoryOfPage, loss: StoryEvent): AnswerPart[] {
  const cause = fieldShown(loss, "cause") ?? "";
  const when = ` at ${timestamp(loss.timeNs)}`;
  if (selection.kind === "frame") {
    const realPage = fieldNumber(loss, "realPage");
    const from: AnswerPart =
      realPage === undefined || loss.vm === null
        ? "its page"
        : { text: `real page ${realPage} of ${nameOf(loss.vm)}`, page: { kind: "real", vm: loss.vm, realPage } };
    return [`${sentenceStart(selectionWords(selection, nameOf))} was taken from `, from, when, FRAME_CAUSES[cause] ?? ""];
  }
  const verb = PAGE_CAUSES[cause] ?? `lost its frame (${cause})`;
  return [`${sentenceStart(selectionWords(selection, nameOf))} ${verb}${when}`];
}

const FRAME_CAUSES: Readonly<Record<string, string>> = {
  steal: " without the guest's help",
  balloon: " by the balloon",
  exit: " because its VM ended",
  "free page report": " because the guest reported the page free",
};

const PAGE_CAUSES: Readonly<Record<string, string>> = {
  steal: "was stolen",
  balloon: "went into the balloon and lost its frame",
  exit: "lost its frame because its VM ended",
  "free page report": "was reported free by the guest and lost its frame",
};

function reason({ nameOf, policyName }: StoryOfPage, loss: StoryEvent): AnswerPart[] {
  const { decided } = loss;
  if (decided === null) return [fieldShown(loss, "cause") === "steal" ? ": the VM held more frames than its memory limit allows. " : ". "];
  const seen = decided.figures.length === 0 ? "" : `, for which it saw ${decided.figures.map(figureWords).join(", ")}`;
  return [`: ${policyName} decided to ${decisionWords(decided, nameOf)}. Reason: “${decided.reason}”${seen}. `];
}

const KEPT: Readonly<Record<string, string>> = {
  PAGE_SWAPPED_OUT: "Its content went to the host's swap. ",
  PAGE_COMPRESSED: "Its content was compressed into memory. ",
  PAGE_UNMAPPED_BY_MAPPER: "Its content stayed on the guest's disk. ",
};

/** What the steal that ended in this loss did with the content. */
function keptWhere({ earlier }: StoryOfPage, loss: StoryEvent): AnswerPart[] {
  if (fieldShown(loss, "cause") !== "steal") return [];
  const start = earlier.indexOf(loss);
  for (const { type } of earlier.slice(start)) {
    if (type === "PAGE_STOLEN") return ["It held only zeros, so nothing had to be kept. "];
    const kept = KEPT[type];
    if (kept !== undefined) return [kept];
  }
  return [];
}

/** Who got the frame. */
function givenTo({ afterwards, nameOf, selection }: StoryOfPage, loss: StoryEvent): AnswerPart[] {
  const frame = frameOf(loss);
  if (frame === undefined) return [];
  const next = afterwards.find(({ type }) => GAINS.has(type));
  const name: AnswerPart = selection.kind === "frame" ? "It" : { text: `frame ${frame}`, page: { kind: "frame", physicalPage: frame } };
  const owner = selection.kind === "frame" ? [name] : ["Its ", name];
  const realPage = next === undefined ? undefined : fieldNumber(next, "realPage");
  if (next === undefined || next.vm === null || realPage === undefined) return [...owner, " has not been given to another page. "];
  const isZeroed = afterwards.some(({ type, position }) => type === "FRAME_ZEROED" && Number(position) < Number(next.position));
  const later = BigInt(next.timeNs) - BigInt(loss.timeNs);
  const when = later === 0n ? " in the same instant. " : ` ${duration(later)} later. `;
  const to: AnswerPart = { text: `real page ${realPage} of ${nameOf(next.vm)}`, page: { kind: "real", vm: next.vm, realPage } };
  return [...owner, isZeroed ? " was zeroed and given to " : " was given to ", to, when];
}

/** Whether the page has a frame again. */
function since({ selection, earlier }: StoryOfPage, loss: StoryEvent): AnswerPart[] {
  if (selection.kind !== "real") return [];
  const back = earlier.slice(0, earlier.indexOf(loss)).findLast(({ type }) => GAINS.has(type));
  if (back === undefined) return ["Up to this moment the page has not come back."];
  const frame = frameOf(back);
  const where: AnswerPart[] = frame === undefined ? [] : [" in ", { text: `frame ${frame}`, page: { kind: "frame", physicalPage: frame } }];
  return [`The page came back ${duration(BigInt(back.timeNs) - BigInt(loss.timeNs))} later`, ...where, "."];
}

function sentenceStart(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
