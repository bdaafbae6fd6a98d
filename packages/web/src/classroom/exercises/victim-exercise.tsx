import { useAnswer } from "../../api/use-answer.ts";
import { Answered } from "../../design/answered.tsx";
import { Skeleton } from "../../design/skeleton.tsx";
import { counted } from "../../format/numbers.ts";
import { Grids } from "../grid.generated.ts";
import type { Grid } from "../grid-step.ts";
import { GridTable } from "../grid-table.tsx";
import { type ExerciseSeed, variablesOf } from "./count-exercise.tsx";
import { Exercise } from "./exercise.tsx";
import { poseVictim } from "./pose.ts";

/** Which page leaves at a fault. */
export function VictimExercise({ seed, isRevealed, titleOf }: ExerciseSeed) {
  const task = poseVictim(seed);
  const answer = useAnswer(Grids, variablesOf(task), { isImmutable: true });
  return (
    <Answered answer={answer} skeleton={<Skeleton height={12} />}>
      {({ replacementGrid: [grid] }) => {
        const at = grid === undefined ? undefined : askedColumn(grid, task.pick);
        const step = at === undefined ? undefined : grid?.steps[at];
        if (grid === undefined || at === undefined || step === undefined) return null;
        return (
          <Exercise
            title="2. Choose the victim"
            label="Page that leaves"
            isRevealed={isRevealed}
            isRight={(text) => text.trim() === step.victim}
            question={
              <>
                <strong>{titleOf(task.algorithm)}</strong>, {counted(task.frames, "frame")}. Reference {at + 1}, to page{" "}
                <strong>{step.reference}</strong>, is a fault: which page leaves? Click the cell of its frame in the marked column, or type
                it.
              </>
            }
            answer={<GridTable grid={grid} title={`Page ${step.victim ?? ""} leaves`} shown={at + 1} />}
          >
            {(give) => (
              <GridTable
                grid={grid}
                title="Up to the reference before"
                shown={at}
                onPick={(frame) => give(grid.steps[at - 1]?.frames[frame] ?? "")}
              />
            )}
          </Exercise>
        );
      }}
    </Answered>
  );
}

/** Strings of more pages than frames have at least one victim. */
function askedColumn({ steps }: Grid, pick: number): number | undefined {
  const candidates = steps.flatMap(({ victim }, index) => (victim === null ? [] : [index]));
  return candidates[Math.floor((pick / 1_000) * candidates.length)];
}
