import { useState } from "preact/hooks";
import { Panel } from "../design/panel.tsx";
import type { RunHead } from "../run/run-head.ts";
import { AddressBits } from "./address-bits.tsx";
import { Hidden, type StageState } from "./hidden-stage.tsx";
import { Outcome } from "./outcome.tsx";
import { Predict } from "./predict.tsx";
import type { AskedPage, MomentOfRun } from "./asked-page.ts";
import { isRight, questionOf, type Stage, type Translated } from "./stages.ts";
import { StageTable, type TableParts, UnreachedTable } from "./stage-table.tsx";
import { WalkGrid } from "./walk-grid.tsx";
import { WalkWhatIf } from "./walk-what-if.tsx";

export type StageListProps = TableParts & {
  readonly run: RunHead;
  readonly moment: MomentOfRun;
  readonly asked: AskedPage;
  readonly at: number;
  readonly translated: Translated;
  readonly stages: readonly Stage[];
  /** How many of them are shown. */
  readonly shown: number;
  readonly isPredicting: boolean;
  readonly show: (count: number) => void;
};

/** The steps that are shown so far; before the next one, a reader who predicts is asked what it will be. */
export function StageList(props: StageListProps) {
  const { moment, stages, shown, translated, isPredicting, show } = props;
  const [score, setScore] = useState({ right: 0, asked: 0 });
  const [answered, setAnswered] = useState<{ readonly question: string; readonly given: string }>();
  const next = stages[shown];
  const isOneLevel = moment.at.host.mapping === "ONE_LEVEL";
  const question = isPredicting && next !== undefined ? questionOf(next, translated, isOneLevel) : undefined;
  const asked = `${shown} ${props.at} ${JSON.stringify(props.asked)}`;
  const given = answered?.question === asked ? answered.given : undefined;
  const answer = (text: string): void => {
    if (question === undefined || given !== undefined) return;
    setAnswered({ question: asked, given: text });
    setScore({ right: score.right + (isRight(question, text) ? 1 : 0), asked: score.asked + 1 });
  };
  const scoreWords = score.asked === 0 ? "" : `${score.right} of ${score.asked} right so far.`;
  return (
    <>
      {isPredicting && next !== undefined ? (
        <Predict key={asked} question={question} score={scoreWords} given={given} onAnswer={answer} onContinue={() => show(shown + 1)} />
      ) : isPredicting && scoreWords !== "" ? (
        <p role="status">{scoreWords}</p>
      ) : null}
      <ol class="stages">
        {stages.flatMap((stage, index) => [
          stage.kind === "outcome" ? unreachedTables(translated, isOneLevel, shown >= index) : null,
          <li key={stageKey(stage)} class={`stage stage-${stage.kind}`}>
            <StageView
              {...props}
              stage={stage}
              state={index < shown ? "shown" : index === shown && question !== undefined ? "asked" : "hidden"}
              onPick={given === undefined ? answer : undefined}
            />
          </li>,
        ])}
        {shown < stages.length ? null : (
          <li class="stage stage-whole">
            <WalkWhatIf references={translated.walkReferences} />
          </li>
        )}
      </ol>
    </>
  );
}

/** The tables behind the one in which the walk ends: a reader who predicts must not see from their absence that it does. */
function unreachedTables({ steps }: Translated, isOneLevel: boolean, isKnown: boolean) {
  const tables = isOneLevel ? (["PAGE_TABLE", "FRAME"] as const) : (["PAGE_TABLE", "REAL_MAP_TABLE", "FRAME"] as const);
  return tables.slice(steps.length).map((table) => (
    <li key={table} class="stage stage-table">
      <UnreachedTable table={table} isKnown={isKnown} />
    </li>
  ));
}

function stageKey(stage: Stage): string {
  return stage.kind === "table" ? stage.step.table : stage.kind;
}

type StageViewProps = StageListProps & {
  readonly stage: Stage;
  readonly state: StageState;
  /** Takes an answer; undefined: it was answered. */
  readonly onPick: ((answer: string) => void) | undefined;
};

function StageView({ stage, state, ...props }: StageViewProps) {
  const { asked, translated, moment } = props;
  switch (stage.kind) {
    case "address":
      return (
        <Panel title="The virtual address">
          <AddressBits asked={asked} />
        </Panel>
      );
    case "table":
      return <StageTable {...props} step={stage.step} state={state} />;
    case "outcome":
      return (
        <Panel title="How the access ends">
          {state === "shown" ? <Outcome moment={moment} vm={asked.vm} translated={translated} /> : <Hidden />}
        </Panel>
      );
    case "walk":
      return (
        <Panel title="Memory references of the walk">
          {state === "shown" ? <WalkGrid references={translated.walkReferences} /> : <Hidden />}
        </Panel>
      );
  }
}
