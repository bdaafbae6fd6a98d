import { useState } from "preact/hooks";
import { Panel } from "../design/panel.tsx";
import { enumWords } from "../format/numbers.ts";
import { pagePath } from "../page-paths.ts";
import type { Cell, Experiment } from "./use-experiment.ts";

/** Runs that fit beside each other. */
const MIN_RUNS = 2;
const MAX_RUNS = 4;

/** Every run, by variant and seed, with the way to its memory; two to four of one seed can be watched side by side. */
export function RunsPanel({ experiment }: { readonly experiment: Experiment }) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { variants, seeds } = experiment;
  const seedOf = new Map(
    variants.flatMap(({ cells }) => cells.flatMap(({ seed, run }) => (run === null ? [] : [[run.id, seed] as const]))),
  );
  const chosenSeed = seedOf.get(chosen[0] ?? "");
  const toggle = (run: string): void => setChosen(chosen.includes(run) ? chosen.filter((each) => each !== run) : [...chosen, run]);
  const isOpen = (cell: Cell): boolean => chosen.length === 0 || (cell.seed === chosenSeed && chosen.length < MAX_RUNS);
  return (
    <Panel title="Runs" actions={<SideBySide chosen={chosen} />}>
      <div class="table-frame" tabIndex={0} role="region" aria-label="Runs of the experiment">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">variant</th>
              {seeds.map((seed) => (
                <th scope="col" key={seed}>
                  seed {seed}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {variants.map(({ label, cells }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {cells.map((cell) => (
                  <td key={cell.seed}>
                    <RunCell
                      cell={cell}
                      label={label}
                      isChosen={cell.run !== null && chosen.includes(cell.run.id)}
                      isOpen={isOpen(cell)}
                      onToggle={toggle}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

type RunCellProps = {
  readonly cell: Cell;
  readonly label: string;
  readonly isChosen: boolean;
  /** Whether it can be chosen besides the others. */
  readonly isOpen: boolean;
  readonly onToggle: (run: string) => void;
};

function RunCell({ cell: { run, seed }, label, isChosen, isOpen, onToggle }: RunCellProps) {
  if (run === null) return <span class="faint">deleted</span>;
  return (
    <span class="run-cell">
      <input
        type="checkbox"
        aria-label={`Watch ${label}, seed ${seed}, beside others`}
        checked={isChosen}
        disabled={!isChosen && !isOpen}
        onChange={() => onToggle(run.id)}
      />
      <a href={pagePath("map", { run: run.id })}>
        {run.id.slice(0, 8)}
        <span class="visually-hidden">
          : memory of {label}, seed {seed}
        </span>
      </a>
      {run.status === "COMPLETED" ? null : <span class={run.status === "FAILED" ? "run-failed" : "soft"}>{enumWords(run.status)}</span>}
      {run.error === null ? null : (
        <span class="run-error">
          <code>{run.error.code}</code> {run.error.message}
        </span>
      )}
    </span>
  );
}

function SideBySide({ chosen }: { readonly chosen: readonly string[] }) {
  if (chosen.length < MIN_RUNS) return <span class="small soft">Mark two to four runs of one seed to watch them side by side.</span>;
  return (
    <a class="button button-primary" href={`${pagePath("sideBySide", {})}?runs=${chosen.join(",")}`}>
      Watch {chosen.length} runs side by side
    </a>
  );
}
