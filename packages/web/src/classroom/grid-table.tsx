import { counted } from "../format/numbers.ts";
import "./grid.css";
import type { Grid, GridStep } from "./grid-step.ts";
import { pickWords } from "./picked-frame.ts";

type GridTableProps = {
  readonly grid: Grid;
  readonly title: string;
  /** Columns that are shown; those after them hold their places. */
  readonly shown?: number;
  /** Makes the cells of the first column that is not shown answers: where its page will be. */
  readonly onPick?: ((frame: number) => void) | undefined;
};

/** The textbook's grid: a column for each reference, a row for each frame, and below them faults and victims. */
export function GridTable({ grid, title, shown = grid.steps.length, onPick }: GridTableProps) {
  const { steps, frames } = grid;
  return (
    // A long string scrolls, by keys too.
    <div class="grid-frame" role="group" aria-label={`${title}, ${counted(frames, "frame")}`} tabIndex={0}>
      <table class="grid">
        <caption>
          <strong>{title}</strong>, {counted(frames, "frame")}: <span class="grid-total">{totals(grid, shown)}</span>
        </caption>
        <thead>
          <tr>
            <th scope="row">Reference</th>
            {steps.map(({ reference }, index) => (
              <th key={index} scope="col" class={index === (onPick === undefined ? shown - 1 : shown) ? "grid-now" : ""}>
                {reference}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: frames }, (_, frame) => (
            <tr key={frame}>
              <th scope="row">Frame {frame}</th>
              {steps.map((step, index) =>
                index === shown && onPick !== undefined ? (
                  <td key={index} class="grid-pick">
                    <Pick reference={step.reference} frame={frame} before={steps[index - 1]?.frames} onPick={onPick} />
                  </td>
                ) : (
                  <Cell key={index} step={step} frame={frame} isShown={index < shown} />
                ),
              )}
            </tr>
          ))}
          <tr class="grid-marks">
            <th scope="row">Fault</th>
            {steps.map((step, index) => (
              <td key={index}>
                {index >= shown ? "" : step.isFault ? <strong class="grid-fault">F</strong> : <span class="faint">hit</span>}
              </td>
            ))}
          </tr>
          <tr class="grid-marks">
            <th scope="row">Victim</th>
            {steps.map((step, index) => (
              <td key={index}>{index < shown ? (step.victim ?? "") : ""}</td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

type PickProps = {
  readonly reference: string;
  readonly frame: number;
  readonly before: GridStep["frames"] | undefined;
  readonly onPick: (frame: number) => void;
};

function Pick({ reference, frame, before, onPick }: PickProps) {
  const words = pickWords(reference, frame, before);
  return (
    <button type="button" aria-label={words} title={words} onClick={() => onPick(frame)}>
      ?
    </button>
  );
}

function Cell({ step, frame, isShown }: { readonly step: GridStep; readonly frame: number; readonly isShown: boolean }) {
  if (!isShown) return <td class="grid-hidden" />;
  const isHere = step.frame === frame;
  return <td class={isHere ? (step.isFault ? "grid-loaded" : "grid-hit") : ""}>{step.frames[frame] ?? ""}</td>;
}

/** Faults and hits of the columns that are shown. */
function totals({ steps, faults, hits }: Grid, shown: number): string {
  if (shown >= steps.length) return `${counted(faults, "fault")}, ${counted(hits, "hit")}`;
  const soFar = steps.slice(0, shown).filter(({ isFault }) => isFault).length;
  return `${counted(soFar, "fault")}, ${counted(shown - soFar, "hit")} so far`;
}
