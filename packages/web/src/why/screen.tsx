import { parameter } from "../address/address.ts";
import { Panel } from "../design/panel.tsx";
import { RunFrame } from "../run/run-frame.tsx";
import type { RunHead } from "../run/run-head.ts";
import { shownPosition } from "../run/position.ts";
import { parseSelection } from "../run/selection.ts";
import type { ScreenProps } from "../shell/screen-props.ts";
import { LifeOfPage } from "./life-of-page.tsx";
import { PageForm } from "./page-form.tsx";
import { Suggestions } from "./suggestions.tsx";
import "./why.css";

const page = parameter("page");

/** Why a page or frame is where it is: its life, newest or oldest first, with the decisions behind it. */
export function Screen({ places }: ScreenProps) {
  return <RunFrame run={places["run"] ?? ""}>{(run) => <Why run={run} />}</RunFrame>;
}

function Why({ run }: { readonly run: RunHead }) {
  const selection = parseSelection(page.value);
  const at = shownPosition(run.headPosition);
  if (selection !== undefined) return <LifeOfPage run={run} selection={selection} at={at} />;
  return (
    <div class="why-start">
      <Panel title="Which page?">
        <PageForm run={run} at={at} selection={undefined} />
      </Panel>
      <Suggestions run={run} at={at} />
    </div>
  );
}
