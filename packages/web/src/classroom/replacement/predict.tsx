import { useState } from "preact/hooks";
import { SelectField } from "../../design/field.tsx";
import { counted } from "../../format/numbers.ts";
import type { Grid, GridStep } from "../grid-step.ts";
import { GridTable } from "../grid-table.tsx";
import { isRightFrame } from "../picked-frame.ts";
import { useKeys } from "../use-keys.ts";
import { showColumns } from "./stepper.tsx";

type PredictProps = { readonly grids: readonly Grid[]; readonly shown: number; readonly titleOf: (algorithm: string) => string };

/** What was answered of the grid that is predicted. */
type Score = { readonly right: number; readonly answered: number; readonly said: string };

const NONE: Score = { right: 0, answered: 0, said: "" };

/** One grid whose next column is predicted before it is shown: hit or fault, and then which page leaves. */
export function Predict({ grids, shown, titleOf }: PredictProps) {
  const [index, setIndex] = useState(0);
  const [score, setScore] = useState(NONE);
  const grid = grids[index] ?? grids[0];
  const steps = grid?.steps ?? [];
  const next = steps[shown];
  const answer = (isRight: boolean): void => {
    if (next === undefined) return;
    setScore({ right: score.right + (isRight ? 1 : 0), answered: score.answered + 1, said: `${isRight ? "Right" : "No"}: ${told(next)}` });
    showColumns(shown + 1, steps.length);
  };
  const before = steps[shown - 1]?.frames;
  const pick = (frame: number): void => {
    if (next !== undefined) answer(isRightFrame(next, frame, before));
  };
  useKeys(Object.fromEntries(Array.from({ length: Math.min(10, grid?.frames ?? 0) }, (_, frame) => [String(frame), () => pick(frame)])));
  const again = (grid_: number): void => {
    setIndex(grid_);
    setScore(NONE);
    showColumns(0, steps.length);
  };
  if (grid === undefined) return null;
  return (
    <div class="stack">
      <div class="row">
        {grids.length === 1 ? null : (
          <SelectField
            label="Grid"
            value={String(index)}
            options={grids.map((each, at) => ({
              value: String(at),
              label: `${titleOf(each.algorithm)}, ${counted(each.frames, "frame")}`,
            }))}
            onChange={(value) => again(Number(value))}
          />
        )}
        <button class="button" type="button" onClick={() => again(index)}>
          Begin again
        </button>
      </div>
      <GridTable grid={grid} title={titleOf(grid.algorithm)} shown={shown} onPick={pick} />
      <div class="predict no-print">
        {next === undefined ? (
          <p>
            That was the last reference: {score.right} of {score.answered} right.
          </p>
        ) : (
          <Question key={shown} next={next} before={before} onAnswer={answer} />
        )}
        <p role="status">{score.said === "" ? "" : `${score.said} (${score.right} of ${score.answered} right)`}</p>
      </div>
    </div>
  );
}

function told({ reference, isFault, victim }: GridStep): string {
  if (!isFault) return `${reference} is in a frame, a hit.`;
  return victim === null ? `${reference} is a fault, and a frame is free.` : `${reference} is a fault, and ${victim} leaves.`;
}

type QuestionProps = {
  readonly next: GridStep;
  readonly before: GridStep["frames"] | undefined;
  readonly onAnswer: (isRight: boolean) => void;
};

function Question({ next, before, onAnswer }: QuestionProps) {
  const [isFaultSaid, setFaultSaid] = useState(false);
  const resident = (before ?? []).filter((page) => page !== null);
  const isFull = before !== undefined && resident.length === before.length;
  const sayFault = (): void => {
    if (isFull && next.isFault) setFaultSaid(true);
    else onAnswer(next.isFault);
  };
  useKeys({ h: () => onAnswer(!next.isFault), f: sayFault });
  if (isFaultSaid) {
    return (
      <div class="row" role="group" aria-label="Victim">
        <span>{next.reference} is a fault. Which page leaves? Click its frame's cell, or:</span>
        {resident.map((page) => (
          <button key={page} class="button" type="button" onClick={() => onAnswer(page === next.victim)}>
            {page}
          </button>
        ))}
      </div>
    );
  }
  return (
    <div class="row" role="group" aria-label="Prediction">
      <span>
        Next is <strong>{next.reference}</strong>. Click the cell where it will be (or press the frame's number), or say only:
      </span>
      <button class="button" type="button" onClick={() => onAnswer(!next.isFault)}>
        Hit <kbd>h</kbd>
      </button>
      <button class="button" type="button" onClick={sayFault}>
        Fault <kbd>f</kbd>
      </button>
    </div>
  );
}
