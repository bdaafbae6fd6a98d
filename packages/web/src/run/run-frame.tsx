import type { ComponentChildren } from "preact";
import { Answered } from "../design/answered.tsx";
import { Facts } from "../design/facts.tsx";
import { Empty, Failure } from "../design/notice.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { StatusTag } from "../design/status-tag.tsx";
import { ApiError } from "../api/api-error.ts";
import { count, timestamp } from "../format/numbers.ts";
import { type PageName, pagePath } from "../page-paths.ts";
import { hrefWith, pageMatch } from "../address/address.ts";
import { type RunHead, useRunHead } from "./run-head.ts";

const TABS = [
  ["map", "Memory"],
  ["why", "Why"],
  ["translate", "Translate"],
  ["log", "Events"],
] as const satisfies readonly (readonly [PageName, string])[];

type RunFrameProps = {
  readonly run: string;
  /** Beside the run's name. */
  readonly actions?: (run: RunHead) => ComponentChildren;
  /** In place of the children as long as the run has no event, such as what makes it begin. */
  readonly beforeEvents?: (run: RunHead) => ComponentChildren;
  readonly children: (run: RunHead) => ComponentChildren;
};

/** What all screens of a run have in common: its head, the way to its other screens, and why there may be nothing to show. */
export function RunFrame({ run, actions, beforeEvents, children }: RunFrameProps) {
  const answer = useRunHead(run);
  if (answer.data === undefined && answer.error !== undefined) {
    return (
      <>
        <h1>Run {run}</h1>
        <Failure error={answer.error} onRetry={answer.askAgain} />
      </>
    );
  }
  return (
    <Answered answer={answer} skeleton={<FrameSkeleton />}>
      {(head) => (
        <>
          <Head run={head} actions={actions?.(head)} />
          <Body run={head} beforeEvents={beforeEvents}>
            {children}
          </Body>
        </>
      )}
    </Answered>
  );
}

function Head({ run, actions }: { readonly run: RunHead; readonly actions: ComponentChildren }) {
  const { experiment, scenario } = run;
  return (
    <div class="stack-tight">
      <div class="row row-apart">
        <h1>
          {run.scenarioName} <span class="soft">under {run.policyName}</span>
        </h1>
        <div class="row">{actions}</div>
      </div>
      <div class="row">
        <StatusTag status={run.status} />
        <Facts
          facts={[
            ["run", <code>{run.id}</code>],
            ["seed", run.seed],
            ["events", count(run.headPosition)],
            ["simulated time", timestamp(run.headTimeNs)],
            ["frames", count(scenario.framePages)],
            ["configured", `${count(scenario.configuredPages)} pages`],
            [
              "family",
              experiment == null ? (
                "a run of its own"
              ) : (
                <a href={pagePath("experiment", { experiment: experiment.id })}>{experiment.kind.toLowerCase()}</a>
              ),
            ],
          ]}
        />
      </div>
      <nav class="tabs" aria-label="Screens of this run">
        {TABS.map(([page, name]) => (
          <a key={page} href={tabHref(page, run.id)} aria-current={pageMatch.value?.page === page ? "page" : undefined}>
            {name}
          </a>
        ))}
      </nav>
    </div>
  );
}

/** The position and the selection stay. */
function tabHref(page: (typeof TABS)[number][0], run: string): string {
  const { search } = new URL(hrefWith({}), location.origin);
  return `${pagePath(page, { run })}${search}`;
}

type BodyProps = {
  readonly run: RunHead;
  readonly beforeEvents: RunFrameProps["beforeEvents"];
  readonly children: RunFrameProps["children"];
};

function Body({ run, beforeEvents, children }: BodyProps) {
  if (run.keeps === "FIGURES") {
    return (
      <Empty title="This run keeps its figures only">
        <p>
          Its events were not stored, so there are no moments to show. `ballast run --again {run.id}` makes the same run with its events.
        </p>
      </Empty>
    );
  }
  return (
    <>
      {run.error == null ? null : <Failure error={new ApiError(run.error.code, run.error.message)} />}
      {run.headPosition === "0" ? (
        <>
          <Empty title="No event yet">It is {run.status.toLowerCase()}: its first events appear here by themselves.</Empty>
          {beforeEvents?.(run)}
        </>
      ) : (
        children(run)
      )}
    </>
  );
}

function FrameSkeleton() {
  return (
    <div class="stack">
      <Skeleton height={2.1} width="24rem" />
      <Skeleton height={1.5} width="60%" />
      <Skeleton height={24} />
    </div>
  );
}
