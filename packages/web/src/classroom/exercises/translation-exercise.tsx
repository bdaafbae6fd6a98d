import { useEffect, useState } from "preact/hooks";
import { ask, requirePayload } from "../../api/ask.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Failure } from "../../design/notice.tsx";
import { Skeleton } from "../../design/skeleton.tsx";
import { pagePath } from "../../page-paths.ts";
import { isFinal, useRunHead } from "../../run/run-head.ts";
import { keyOfRun, startOrFind } from "../classroom-run.ts";
import { Exercise } from "./exercise.tsx";
import { poseTranslation, type TranslationTask } from "./pose.ts";
import { ExerciseTables, type ExerciseTablesQuery, StartExercise } from "./translation.generated.ts";

type Moment = NonNullable<ExerciseTablesQuery["run"]>["at"];
type TranslationProps = { readonly seed: number; readonly isRevealed: boolean };

/** An address goes through two tables, which are those of a small run: one for each seed. */
export function TranslationExercise({ seed, isRevealed }: TranslationProps) {
  const task = poseTranslation(seed);
  const [run, setRun] = useState<string>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    startOrFind("exercise", task.scenario.name, async () => {
      const { outcome } = await ask(StartExercise, { scenario: task.scenario, idempotencyKey: keyOfRun("exercise", task.scenario) });
      return requirePayload(outcome).run.id;
    }).then(setRun, setError);
  }, [seed]);
  if (error !== undefined) return <Failure error={error} />;
  return run === undefined ? <Skeleton height={20} /> : <Tables run={run} task={task} isRevealed={isRevealed} />;
}

type TablesProps = { readonly run: string; readonly task: TranslationTask; readonly isRevealed: boolean };

function Tables({ run, task, isRevealed }: TablesProps) {
  const head = useRunHead(run);
  const position = head.data !== undefined && isFinal(head.data) ? head.data.headPosition : undefined;
  const { vm, process, virtualPage, offset } = task;
  const answer = useAnswer(ExerciseTables, position === undefined ? undefined : { run, position, vm, process, virtualPage }, {
    isImmutable: true,
  });
  const moment = answer.data?.run?.at;
  const error = head.error ?? answer.error;
  if (error !== undefined) return <Failure error={error} />;
  if (moment === undefined || position === undefined) return <Skeleton height={20} />;
  const { outcome, physicalPage } = moment.translate;
  const right = rightAnswer(outcome, physicalPage, offset);
  return (
    <Exercise
      title="3. Translate an address"
      label='Physical address, or "page miss", or "host fault"'
      isRevealed={isRevealed}
      isRight={(text) => normalized(text) === normalized(right)}
      question={
        <>
          In <strong>{moment.vm?.name}</strong>, {moment.vm?.process?.name} accesses the virtual address{" "}
          <strong class="mono">{hex(addressOf(virtualPage, offset))}</strong>. Pages have 4 KiB. Which physical address is it, or which
          fault is raised?
        </>
      }
      answer={
        <>
          <p>
            <strong>{right}</strong>
          </p>
          <ol>
            {moment.translate.steps.map(({ description }) => (
              <li key={description}>{description}</li>
            ))}
          </ol>
          <p>
            <a href={`${pagePath("translate", { run })}?page=virtual:${vm}:${process}:${virtualPage}&at=${position}`}>
              Walk through it step by step
            </a>
          </p>
        </>
      }
    >
      {() => <TwoTables moment={moment} />}
    </Exercise>
  );
}

function TwoTables({ moment: { vm } }: { readonly moment: Moment }) {
  if (vm === null) return null;
  return (
    <div class="exercise-tables">
      <MappingTable
        title={`Page table of ${vm.process?.name ?? ""}`}
        columns={["virtual page", "real page"]}
        rows={(vm.process?.pageTable.nodes ?? []).map(({ virtualPage, realPage }) => [virtualPage, realPage])}
      />
      <MappingTable
        title={`Real map table of ${vm.name}`}
        columns={["real page", "physical page"]}
        rows={vm.realMapTable.nodes.map(({ realPage, physicalPage }) => [realPage, physicalPage])}
      />
    </div>
  );
}

type MappingTableProps = {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly [page: number, found: number | null])[];
};

function MappingTable({ title, columns, rows }: MappingTableProps) {
  return (
    <table class="exercise-table">
      <caption>{title}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([page, found]) => (
          <tr key={page}>
            <th scope="row">{page}</th>
            <td>{found ?? <span class="faint">none</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const PAGE_BYTES = 4_096;

function addressOf(page: number, offset: number): number {
  return page * PAGE_BYTES + offset;
}

function hex(address: number): string {
  return `0x${address.toString(16).padStart(5, "0")}`;
}

/** What the API's translation ends with, as it is to be typed. */
function rightAnswer(outcome: Moment["translate"]["outcome"], physicalPage: number | null, offset: number): string {
  if (outcome === "HIT" && physicalPage !== null) return hex(addressOf(physicalPage, offset));
  return outcome === "PAGE_MISS" ? "page miss" : "host fault";
}

/** Leading zeros and upper case make no difference. */
function normalized(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/^(0x)?0*(?=[\da-f]+$)/, "0x");
}
