import { CLASSROOM_LABELS } from "../classroom/labels.ts";
import { parameter, setParameters } from "../address/address.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Answered } from "../design/answered.tsx";
import { Field, SelectField } from "../design/field.tsx";
import { Empty } from "../design/notice.tsx";
import { SkeletonLines } from "../design/skeleton.tsx";
import { count, counted } from "../format/numbers.ts";
import { pagePath } from "../page-paths.ts";
import { RunTable } from "./run-table.tsx";
import { Runs, type RunsQueryVariables } from "./runs.generated.ts";

const STATUSES = ["QUEUED", "RUNNING", "PAUSED", "WAITING", "COMPLETED", "FAILED", "STOPPED"] as const;
const ORDERS = [
  { value: "CREATED", label: "newest first" },
  { value: "FAULTS", label: "most faults first" },
  { value: "WORK_TIME", label: "longest work time first" },
  { value: "ACCESSES", label: "most accesses first" },
] as const;

/** Whose runs are listed: those of the classroom are there if they are asked for. */
const ORIGINS = [
  { value: "", label: "all but the classroom's" },
  { value: "all", label: "all" },
  { value: "tour", label: "tours of the classroom" },
  { value: "exercise", label: "exercises of the classroom" },
] as const;

const search = parameter("search");
const status = parameter("status");
const label = parameter("label");
const order = parameter("order");
const after = parameter("after");

/** All runs, with filters that the address keeps. */
export function Screen() {
  const answer = useAnswer(Runs, askedRuns());
  return (
    <div class="stack">
      <h1>Runs</h1>
      <form class="row" onSubmit={(event) => event.preventDefault()}>
        <Field label="Search in scenario, policy and id">
          <input
            type="search"
            value={search.value ?? ""}
            onInput={(event) => filterBy({ search: event.currentTarget.value || undefined })}
          />
        </Field>
        <SelectField
          label="Status"
          value={statusOf() ?? ""}
          options={[{ value: "", label: "any" }, ...STATUSES.map((value) => ({ value, label: value.toLowerCase() }))]}
          onChange={(value) => filterBy({ status: value || undefined })}
        />
        <SelectField
          label="Started by"
          value={originOf()}
          options={ORIGINS}
          onChange={(value) => filterBy({ label: value || undefined })}
        />
        <SelectField label="Order" value={orderOf()} options={ORDERS} onChange={(value) => filterBy({ order: value })} />
      </form>
      <Answered answer={answer} skeleton={<SkeletonLines lines={12} />}>
        {({ runs }) => (runs.nodes.length === 0 ? <NoRuns isFiltered={runs.totalCount === 0 && isFiltered()} /> : <List runs={runs} />)}
      </Answered>
    </div>
  );
}

type Listed = Parameters<typeof RunTable>[0]["runs"];

function List({
  runs,
}: {
  readonly runs: {
    readonly totalCount: number;
    readonly nodes: Listed;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}) {
  const { totalCount, nodes, pageInfo } = runs;
  return (
    <section class="panel">
      <RunTable runs={nodes} />
      <div class="row row-apart soft">
        <span>
          {count(nodes.length)} of {counted(totalCount, "run")}
        </span>
        <span class="row">
          {after.value === undefined ? null : (
            <button class="button" type="button" onClick={() => setParameters({ after: undefined }, { step: true })}>
              First page
            </button>
          )}
          {pageInfo.hasNextPage ? (
            <button class="button" type="button" onClick={() => setParameters({ after: pageInfo.endCursor ?? undefined }, { step: true })}>
              Next page
            </button>
          ) : null}
        </span>
      </div>
    </section>
  );
}

function NoRuns({ isFiltered: filtered }: { readonly isFiltered: boolean }) {
  if (filtered) {
    return (
      <Empty title="No run fits these filters">
        <button class="button" type="button" onClick={() => filterBy({ search: undefined, status: undefined, label: "all" })}>
          Show all runs
        </button>
      </Empty>
    );
  }
  return (
    <Empty title={originOf() === "" ? "There is no run but those of the classroom" : "There is no run yet"}>
      <p>
        <a href={pagePath("live", {})}>Start one here</a>, or with <code>ballast run sample --policy ballooning</code>.
      </p>
    </Empty>
  );
}

function askedRuns(): RunsQueryVariables {
  return {
    search: search.value ?? null,
    status: statusOf() ?? null,
    ...labelsOf(originOf()),
    sortBy: orderOf(),
    direction: "DESCENDING",
    after: after.value ?? null,
  };
}

/** Other filters begin on their first page. */
function filterBy(changes: Readonly<Record<string, string | undefined>>): void {
  setParameters({ ...changes, after: undefined });
}

function isFiltered(): boolean {
  return search.value !== undefined || status.value !== undefined || (label.value !== undefined && label.value !== "all");
}

function statusOf(): (typeof STATUSES)[number] | undefined {
  return STATUSES.find((each) => each === status.value);
}

function originOf(): (typeof ORIGINS)[number]["value"] {
  return ORIGINS.find(({ value }) => value === label.value)?.value ?? "";
}

function labelsOf(origin: (typeof ORIGINS)[number]["value"]): Pick<RunsQueryVariables, "label" | "withoutLabels"> {
  if (origin === "") return { withoutLabels: CLASSROOM_LABELS };
  return origin === "all" ? {} : { label: origin };
}

function orderOf(): (typeof ORDERS)[number]["value"] {
  return ORDERS.find(({ value }) => value === order.value)?.value ?? "CREATED";
}
