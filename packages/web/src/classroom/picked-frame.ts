import type { GridStep } from "./grid-step.ts";

type Frames = GridStep["frames"];

/** What it means to say that a page will be in a frame, by what is in it before. */
export function pickWords(reference: string, frame: number, before: Frames | undefined): string {
  const page = before?.[frame] ?? null;
  if (page === null) return `Frame ${frame}: a fault, into this free frame`;
  return page === reference ? `Frame ${frame}: a hit` : `Frame ${frame}: a fault, and ${page} leaves`;
}

/** Whether the page of a step will be in a frame. Which of several free frames it gets is not asked. */
export function isRightFrame(step: GridStep, frame: number, before: Frames | undefined): boolean {
  const isFree = (before?.[frame] ?? null) === null;
  return frame === step.frame || (step.isFault && step.victim === null && isFree);
}
