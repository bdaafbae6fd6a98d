import { useAnswer } from "../../api/use-answer.ts";
import { Answered } from "../../design/answered.tsx";
import { Skeleton } from "../../design/skeleton.tsx";
import { counted } from "../../format/numbers.ts";
import { Grids } from "../grid.generated.ts";
import { GridTable } from "../grid-table.tsx";
import { Exercise } from "./exercise.tsx";
import { poseCount, type StringTask } from "./pose.ts";

export type ExerciseSeed = { readonly seed: number; readonly isRevealed: boolean; readonly titleOf: (algorithm: string) => string };

/** What the API is asked for a task. */
export function variablesOf({ references, frames, algorithm, seed }: StringTask) {
  return { references, frames: [frames], algorithms: [algorithm], seed };
}

export function References({ references }: { readonly references: readonly string[] }) {
  return <p class="exercise-string mono">{references.join(" ")}</p>;
}

/** How many faults a reference string has. */
export function CountExercise({ seed, isRevealed, titleOf }: ExerciseSeed) {
  const task = poseCount(seed);
  const answer = useAnswer(Grids, variablesOf(task), { isImmutable: true });
  return (
    <Answered answer={answer} skeleton={<Skeleton height={10} />}>
      {({ replacementGrid: [grid] }) =>
        grid === undefined ? null : (
          <Exercise
            title="1. Count the faults"
            label="Number of faults"
            isRevealed={isRevealed}
            isRight={(text) => text.trim() === String(grid.faults)}
            question={
              <>
                How many page faults has this reference string under <strong>{titleOf(task.algorithm)}</strong> with{" "}
                <strong>{counted(task.frames, "frame")}</strong>, empty at the start?
              </>
            }
            answer={<GridTable grid={grid} title={titleOf(task.algorithm)} />}
          >
            {() => <References references={task.references} />}
          </Exercise>
        )
      }
    </Answered>
  );
}
