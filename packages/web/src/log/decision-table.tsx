import { ask } from "../api/ask.ts";
import { usePages } from "../api/use-pages.ts";
import { Empty, Failure } from "../design/notice.tsx";
import { count, enumWords, timestamp } from "../format/numbers.ts";
import { decisionWords } from "../run/decision-words.ts";
import { figureWords } from "../run/event-words.ts";
import type { RunHead } from "../run/run-head.ts";
import { vmWords } from "../run/vm-words.ts";
import { ListNote } from "./list-note.tsx";
import { DecisionRows, type DecisionRowsQuery } from "./log.generated.ts";
import { type Column, rowCount, VirtualRows } from "./virtual-rows.tsx";

type DecisionRow = NonNullable<DecisionRowsQuery["run"]>["decisions"]["nodes"][number];

const COLUMNS: readonly Column[] = [
  { title: "Decision", isNumber: true },
  { title: "Position", isNumber: true },
  { title: "Simulated time", isNumber: true },
  { title: "What was decided" },
  { title: "Done" },
  { title: "Reason" },
  { title: "What the policy saw" },
];
const ROWS = 100;
const AHEAD = 40;

type DecisionTableProps = {
  readonly run: RunHead;
  readonly vm: number | undefined;
  readonly at: number | undefined;
  readonly onAt: (position: number) => void;
  readonly onOpen: (position: number) => void;
};

/** What the policy decided, with its reasons, in the order of its decisions. */
export function DecisionTable({ run, vm, at, onAt, onOpen }: DecisionTableProps) {
  const key = JSON.stringify([run.id, vm]);
  const decisions = usePages<DecisionRow>(key, async (after, signal) => {
    const answer = await ask(DecisionRows, { run: run.id, first: ROWS, after, vm: vm ?? null }, signal);
    return answer.run?.decisions ?? { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
  });
  const { items, hasMore, isLoading, error, loadMore } = decisions;
  if (hasMore === false && items.length === 0) {
    return (
      <Empty title="The policy has decided nothing">
        {vm === undefined ? "It saw no reason to up to here." : "Nothing about this VM; choose any VM."}
      </Empty>
    );
  }
  const positionAt = (index: number): number => Number(items[Math.min(index, items.length - 1)]?.position);
  return (
    <>
      <ListNote words={hasMore === undefined ? "Searching" : rowCount(items.length, hasMore, "decisions")}>
        {error === undefined ? null : <Failure error={error} onRetry={loadMore} />}
      </ListNote>
      <VirtualRows
        key={key}
        label="Decisions of the policy"
        layout="rows-decisions"
        columns={COLUMNS}
        count={items.length + (isLoading ? 3 : 0)}
        itemAt={(index) => items[index]}
        cells={(decision) => cellsOf(run, decision)}
        active={at === undefined ? -1 : items.findLastIndex(({ position }) => Number(position) <= at)}
        onActive={(index) => onAt(positionAt(index))}
        onOpen={(index) => onOpen(positionAt(index))}
        onRange={(_, end) => (end + AHEAD >= items.length && hasMore === true ? loadMore() : undefined)}
      />
    </>
  );
}

function cellsOf(run: RunHead, decision: DecisionRow) {
  const { donePages, clampCause, figures } = decision;
  const done = clampCause === null ? "in full" : `${donePages === null ? "" : `${count(donePages)} pages: `}${enumWords(clampCause)}`;
  return [
    count(decision.decision),
    count(decision.position),
    timestamp(decision.timeNs),
    decisionWords(decision, (vm) => vmWords(run, vm)),
    done,
    decision.reason,
    figures.map(figureWords).join(", "),
  ];
}
