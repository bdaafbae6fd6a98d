import { parameter, setParameters } from "../address/address.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Answered } from "../design/answered.tsx";
import { Empty } from "../design/notice.tsx";
import { Panel } from "../design/panel.tsx";
import { SkeletonLines } from "../design/skeleton.tsx";
import { ExperimentTable } from "./experiment-table.tsx";
import { Experiments, type ExperimentsQuery } from "./experiments.generated.ts";
import "./experiments.css";
import { StartForm } from "./start-form.tsx";

const after = parameter("after");

/** All experiments, and a form that starts another. */
export function Screen() {
  const answer = useAnswer(Experiments, { after: after.value ?? null });
  return (
    <div class="stack">
      <h1>Experiments</h1>
      <div class="experiments">
        <Panel title="All experiments">
          <Answered answer={answer} skeleton={<SkeletonLines lines={8} />}>
            {({ experiments }) => <List experiments={experiments} askAgain={answer.askAgain} />}
          </Answered>
        </Panel>
        <Panel title="New comparison">
          <StartForm />
        </Panel>
      </div>
    </div>
  );
}

function List({ experiments, askAgain }: { readonly experiments: ExperimentsQuery["experiments"]; readonly askAgain: () => void }) {
  const { nodes, pageInfo } = experiments;
  if (nodes.length === 0) {
    return (
      <Empty title="There is no experiment yet">
        <p>
          Choose policies and start one here, or with <code>ballast compare sample</code>.
        </p>
      </Empty>
    );
  }
  return (
    <div class="stack">
      <ExperimentTable experiments={nodes} onEnd={askAgain} />
      <div class="row">
        {after.value === undefined ? null : (
          <button class="button" type="button" onClick={() => setParameters({ after: undefined }, { step: true })}>
            Newest
          </button>
        )}
        {pageInfo.hasNextPage ? (
          <button class="button" type="button" onClick={() => setParameters({ after: pageInfo.endCursor ?? undefined }, { step: true })}>
            Older
          </button>
        ) : null}
      </div>
    </div>
  );
}
