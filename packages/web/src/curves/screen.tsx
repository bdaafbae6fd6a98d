import { useAnswer } from "../api/use-answer.ts";
import { Answered } from "../design/answered.tsx";
import { Empty } from "../design/notice.tsx";
import { SkeletonLines } from "../design/skeleton.tsx";
import { CurveForm } from "./curve-form.tsx";
import { curveState } from "./curve-state.ts";
import "./curves.css";
import { CurveChoices, type CurveChoicesQuery } from "./curves.generated.ts";
import { CurvesPanel } from "./curves-panel.tsx";

/** Miss ratio curves of a trace under replacement algorithms. */
export function Screen() {
  const choices = useAnswer(CurveChoices, {});
  return (
    <div class="stack">
      <div class="stack-tight">
        <h1>Miss ratio curves</h1>
        <p class="soft">How often the references of a recorded program miss, for every size of memory, under each replacement algorithm.</p>
      </div>
      <Answered answer={choices} skeleton={<SkeletonLines lines={10} />}>
        {(data) => (data.traces.length === 0 ? <NoTraces /> : <Curves choices={data} />)}
      </Answered>
    </div>
  );
}

function Curves({ choices }: { readonly choices: CurveChoicesQuery }) {
  const state = curveState();
  const asked = state.trace === undefined ? choices.traces[0] : choices.traces.find(({ name }) => name === state.trace);
  return (
    <div class="curves">
      <CurveForm choices={choices} trace={asked} state={state} />
      {asked === undefined ? (
        <Empty title={`There is no trace ${state.trace ?? ""}`}>Choose one of the list.</Empty>
      ) : state.policies.length === 0 ? (
        <Empty title="No algorithm is chosen">Choose one or more to see their curves.</Empty>
      ) : (
        <CurvesPanel trace={asked.name} state={state} algorithms={choices.replacementAlgorithms} />
      )}
    </div>
  );
}

function NoTraces() {
  return (
    <Empty title="There is no trace yet">
      <p>
        <code>ballast trace import program.trace</code> imports one; docs/traces.md describes how to record programs.
      </p>
    </Empty>
  );
}
