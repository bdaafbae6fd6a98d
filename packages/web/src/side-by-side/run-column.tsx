import { Failure } from "../design/notice.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { StatusTag } from "../design/status-tag.tsx";
import { count, enumWords, timestamp } from "../format/numbers.ts";
import type { RunHead } from "../run/run-head.ts";
import { momentHref } from "../run/run-hrefs.ts";
import { VmSwatch } from "../run/vm-swatch.tsx";
import { HostPicture } from "./host-picture.tsx";
import { letterOf, type Place } from "./place.ts";
import type { MomentOfRunQuery } from "./side-by-side.generated.ts";
import { useMoment } from "./use-moment.ts";

type RunColumnProps = {
  readonly run: RunHead;
  readonly place: Place;
  readonly index: number;
};

type Moment = NonNullable<MomentOfRunQuery["run"]>["at"];

/** One of the runs at the moment that all are at. */
export function RunColumn({ run, place, index }: RunColumnProps) {
  const { moment, error, askAgain } = useMoment(run, place, index);
  const isOver = place.positions === undefined && place.timeNs > Number(run.headTimeNs);
  return (
    <section class="panel side-run" aria-label={`${run.policyName}, run ${run.id.slice(0, 8)}`}>
      <header>
        <h2>
          <span class="side-letter">{letterOf(index)}</span> {run.policyName}
        </h2>
        {isOver ? <span class="small soft">ended at {timestamp(run.headTimeNs)}</span> : <StatusTag status={run.status} />}
      </header>
      {error === undefined ? null : <Failure error={error} onRetry={askAgain} />}
      {moment === undefined ? <Skeleton height={20} /> : <Shown run={run} moment={moment} />}
    </section>
  );
}

function Shown({ run, moment }: { readonly run: RunHead; readonly moment: Moment }) {
  const { host, counters, position } = moment;
  return (
    <div class="stack-tight">
      <HostPicture run={run} position={Number(position)} />
      <dl class="side-facts">
        <Fact name="free frames" value={`${count(host.freePages)} (${enumWords(host.memoryState)})`} />
        <Fact name="guest major faults" value={count(counters.guestMajorFaults)} />
        <Fact name="host major faults" value={count(counters.hostMajorFaults)} />
        <Fact name="stolen pages" value={count(counters.pagesStolen)} />
      </dl>
      <VmTable moment={moment} />
      <p class="small">
        <a href={momentHref(run.id, position)}>
          Memory at position {count(position)}
          <span class="visually-hidden"> of {run.policyName}</span>
        </a>
      </p>
    </div>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function VmTable({ moment: { vms } }: { readonly moment: Moment }) {
  return (
    <table class="table side-vms">
      <caption class="visually-hidden">Pages of each VM</caption>
      <thead>
        <tr>
          <th scope="col">VM</th>
          <th class="number" scope="col">
            resident
          </th>
          <th class="number" scope="col">
            ballooned
          </th>
          <th class="number" scope="col">
            swapped
          </th>
        </tr>
      </thead>
      <tbody>
        {vms.map(({ vm, name, residentPages, balloonSizePages, swappedPages }) => (
          <tr key={vm}>
            <th scope="row">
              <VmSwatch vm={vm} /> {name}
            </th>
            <td class="number">{count(residentPages)}</td>
            <td class="number">{count(balloonSizePages)}</td>
            <td class="number">{count(swappedPages)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
