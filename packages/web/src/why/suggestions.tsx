import { useAnswer } from "../api/use-answer.ts";
import { Answered } from "../design/answered.tsx";
import { Empty } from "../design/notice.tsx";
import { Panel } from "../design/panel.tsx";
import { QueryLink } from "../design/query-link.tsx";
import { SkeletonLines } from "../design/skeleton.tsx";
import { counted, timestamp } from "../format/numbers.ts";
import { eventTitle } from "../run/event-words.ts";
import { whyHref } from "../run/run-hrefs.ts";
import { isFinal, type RunHead } from "../run/run-head.ts";
import { vmWords } from "../run/vm-words.ts";
import { VmSwatch } from "../run/vm-swatch.tsx";
import { type LostPage, newestOfEach } from "./lost-pages.ts";
import { LostPages } from "./suggestions.generated.ts";

/** The pages that were taken last before this moment, as a way in. */
export function Suggestions({ run, at }: { readonly run: RunHead; readonly at: number }) {
  const variables = { run: run.id, to: String(at) };
  const answer = useAnswer(LostPages, variables, { isImmutable: isFinal(run) });
  return (
    <Panel title="Pages that were taken last" actions={<QueryLink document={LostPages} variables={variables} />}>
      <Answered answer={answer} skeleton={<SkeletonLines lines={12} />}>
        {({ run: found }) => {
          const pages = newestOfEach(found?.events.nodes ?? []);
          return pages.length === 0 ? <NoneLost at={at} /> : <LostTable run={run} pages={pages} />;
        }}
      </Answered>
    </Panel>
  );
}

function NoneLost({ at }: { readonly at: number }) {
  return (
    <Empty title="No page has been taken up to this moment">
      <p>
        Nothing was stolen, ballooned or swapped out within the first {counted(at, "event")}. A page that you name on the left has a story
        all the same.
      </p>
    </Empty>
  );
}

function LostTable({ run, pages }: { readonly run: RunHead; readonly pages: readonly LostPage[] }) {
  return (
    <div class="table-frame">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">Page</th>
            <th scope="col">What happened</th>
            <th scope="col" class="number">
              Simulated time
            </th>
            <th scope="col">Reason of the decision</th>
          </tr>
        </thead>
        <tbody>
          {pages.map(({ vm, realPage, position, timeNs, type, decided }) => (
            <tr key={position}>
              <th scope="row">
                <VmSwatch vm={vm} />{" "}
                <a href={whyHref(run.id, { kind: "real", vm, realPage }, { at: position })}>
                  Real page {realPage} of {vmWords(run, vm)}
                </a>
              </th>
              <td>{eventTitle(type)}</td>
              <td class="number">{timestamp(timeNs)}</td>
              <td>{decided === null ? <span class="faint">none of the policy</span> : `“${decided.reason}”`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
