import { hrefWith, parameter, setParameters } from "../address/address.ts";
import { useAnswer } from "../api/use-answer.ts";
import { QueryLink } from "../design/query-link.tsx";
import { askedPosition } from "../run/position.ts";
import { RunFrame } from "../run/run-frame.tsx";
import { isFinal, type RunHead } from "../run/run-head.ts";
import { vmWords } from "../run/vm-words.ts";
import type { ScreenProps } from "../shell/screen-props.ts";
import { DecisionTable } from "./decision-table.tsx";
import { EventDetailsPanel } from "./event-details.tsx";
import { EventList } from "./event-list.tsx";
import { ExportLinks } from "./export-links.tsx";
import { FilterForm, VmField } from "./filter-form.tsx";
import { EventCounts, type EventCountsQuery } from "./log.generated.ts";
import { DecisionRows, EventRows } from "./log.generated.ts";
import { directionOf, eventFilter, LIST_PARAMETERS, type LogFilter, NEWEST_FIRST, parseFilter } from "./log-filter.ts";
import type { OccurringType } from "./type-choice.tsx";
import "./log.css";

const tab = parameter("tab");
const details = parameter("details");
const texts = Object.fromEntries(LIST_PARAMETERS.map((name) => [name, parameter(name)]));

/** Every event and every decision of a run, as tables. */
export function Screen({ places }: ScreenProps) {
  return <RunFrame run={places["run"] ?? ""}>{(run) => <Log run={run} />}</RunFrame>;
}

function Log({ run }: { readonly run: RunHead }) {
  const counts = useAnswer(EventCounts, { run: run.id }, { isImmutable: isFinal(run) });
  const filter = parseFilter(
    Object.fromEntries(LIST_PARAMETERS.map((name) => [name, texts[name]?.value])) as Parameters<typeof parseFilter>[0],
  );
  const isDecisions = tab.value === "decisions";
  const isOpen = details.value !== undefined && askedPosition.value !== undefined;
  return (
    <div class="log">
      <div class="row row-apart">
        <nav class="tabs" aria-label="Events or decisions">
          <a href={hrefWith({ tab: undefined })} aria-current={isDecisions ? undefined : "page"}>
            Events
          </a>
          <a href={hrefWith({ tab: "decisions" })} aria-current={isDecisions ? "page" : undefined}>
            Decisions
          </a>
        </nav>
        <ShownQuery run={run} filter={filter} isDecisions={isDecisions} />
      </div>
      {isDecisions ? <DecisionFilter run={run} filter={filter} /> : <FilterForm run={run} filter={filter} types={occurring(counts.data)} />}
      <div class="row row-apart">
        <div class="row">
          <GoTo run={run} />
          {isDecisions ? null : <OrderField filter={filter} />}
        </div>
        <ExportLinks run={run} filter={filter} isDecisions={isDecisions} types={counts.data?.eventTypes ?? []} />
      </div>
      <div class={isOpen ? "log-body log-body-open" : "log-body"} onKeyDown={(event) => (event.key === "Escape" ? close() : undefined)}>
        <div class="log-list">
          <List run={run} filter={filter} isDecisions={isDecisions} />
        </div>
        {isOpen ? <EventDetailsPanel run={run} position={askedPosition.value ?? 0} onClose={close} /> : null}
      </div>
    </div>
  );
}

type ListProps = { readonly run: RunHead; readonly filter: LogFilter; readonly isDecisions: boolean };

function List({ run, filter, isDecisions }: ListProps) {
  const at = askedPosition.value;
  const onAt = (position: number): void => setParameters({ at: String(position) });
  const onOpen = (position: number): void => setParameters({ at: String(position), details: "1" });
  if (isDecisions) return <DecisionTable run={run} vm={filter.vm} at={at} onAt={onAt} onOpen={onOpen} />;
  return <EventList key={run.id} run={run} filter={filter} at={at} onAt={onAt} onOpen={onOpen} />;
}

/** The query that gives the list, from its beginning. */
function ShownQuery({ run, filter, isDecisions }: ListProps) {
  if (isDecisions) return <QueryLink document={DecisionRows} variables={{ run: run.id, first: 100, vm: filter.vm ?? null }} />;
  return (
    <QueryLink
      document={EventRows}
      variables={{ run: run.id, filter: eventFilter(filter), direction: directionOf(filter), first: 200, skip: 0 }}
    />
  );
}

function DecisionFilter({ run, filter }: { readonly run: RunHead; readonly filter: LogFilter }) {
  const vms = run.scenario.vmNames.map((_, index) => ({ value: String(index + 1), label: vmWords(run, index + 1) }));
  return (
    <form class="log-filter" onSubmit={(event) => event.preventDefault()}>
      <VmField vms={vms} vm={filter.vm} />
    </form>
  );
}

function GoTo({ run }: { readonly run: RunHead }) {
  const at = askedPosition.value;
  return (
    <label class="row">
      <span class="soft small">Go to position</span>
      <input
        class="log-goto"
        type="number"
        min={1}
        max={Number(run.headPosition)}
        value={at === undefined ? "" : String(at)}
        onChange={(event) => setParameters({ at: event.currentTarget.value || undefined })}
      />
    </label>
  );
}

function OrderField({ filter }: { readonly filter: LogFilter }) {
  return (
    <label class="row">
      <span class="soft small">Order</span>
      <select
        class="log-order"
        value={filter.isNewestFirst ? NEWEST_FIRST : ""}
        onChange={(event) => setParameters({ order: event.currentTarget.value || undefined })}
      >
        <option value="">oldest first</option>
        <option value={NEWEST_FIRST}>newest first</option>
      </select>
    </label>
  );
}

function occurring(data: EventCountsQuery | undefined): OccurringType[] {
  const counts = new Map(data?.run?.summary?.events.map(({ type, count }) => [type, count]));
  return (data?.eventTypes ?? []).flatMap((type) => {
    const count = counts.get(type.type);
    return count === undefined ? [] : [{ ...type, count }];
  });
}

function close(): void {
  setParameters({ details: undefined });
}
