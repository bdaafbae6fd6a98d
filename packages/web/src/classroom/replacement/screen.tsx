import { useAnswer } from "../../api/use-answer.ts";
import { Answered } from "../../design/answered.tsx";
import { Skeleton } from "../../design/skeleton.tsx";
import { Algorithms, type AlgorithmsQuery, Grids } from "../grid.generated.ts";
import { GridTable } from "../grid-table.tsx";
import "../classroom.css";
import { askedGrids } from "./asked-grids.ts";
import { Predict } from "./predict.tsx";
import { ReplacementForm } from "./replacement-form.tsx";
import { isPredicting, shownColumns, Stepper } from "./stepper.tsx";

/** Page replacement on paper: a reference string, frames, algorithms, and the grid of each. */
export function Screen() {
  const answer = useAnswer(Algorithms, {}, { isImmutable: true });
  return (
    <div class="stack">
      <div class="stack-tight no-print">
        <h1>Page replacement</h1>
        <p class="soft">Type a reference string, choose frames and algorithms, and step through the grid of the textbooks.</p>
      </div>
      <Answered answer={answer} skeleton={<Skeleton height={20} />}>
        {({ replacementAlgorithms }) => <Loaded algorithms={replacementAlgorithms} />}
      </Answered>
    </div>
  );
}

function Loaded({ algorithms }: { readonly algorithms: AlgorithmsQuery["replacementAlgorithms"] }) {
  const { isValid, variables } = askedGrids.value;
  const answer = useAnswer(Grids, isValid ? variables : undefined, { isImmutable: true });
  const titleOf = (name: string): string => algorithms.find((each) => each.name === name)?.title ?? name;
  return (
    <>
      <ReplacementForm algorithms={algorithms} />
      <Answered answer={answer} skeleton={<Skeleton height={14} />}>
        {({ replacementGrid: grids }) => {
          const columns = grids[0]?.steps.length ?? 0;
          const shown = shownColumns(columns);
          return (
            <section class="panel stack" aria-label="Grids">
              <Stepper columns={columns} />
              {isPredicting.value ? (
                <Predict key={JSON.stringify(variables)} grids={grids} shown={shown} titleOf={titleOf} />
              ) : (
                grids.map((grid) => (
                  <GridTable key={`${grid.algorithm} ${grid.frames}`} grid={grid} title={titleOf(grid.algorithm)} shown={shown} />
                ))
              )}
            </section>
          );
        }}
      </Answered>
    </>
  );
}
