import { useAnswer } from "../api/use-answer.ts";
import { Answered } from "../design/answered.tsx";
import { QueryLink } from "../design/query-link.tsx";
import { SkeletonLines } from "../design/skeleton.tsx";
import { count, timestamp } from "../format/numbers.ts";
import { EventFields } from "./event-fields.tsx";
import { eventTitle } from "./event-words.ts";
import { momentHref } from "./run-hrefs.ts";
import type { RunHead } from "./run-head.ts";
import { vmWords } from "./vm-words.ts";
import { EventCauses, type EventCausesQuery } from "./event-causes.generated.ts";
import "./reasons.css";

type Chain = NonNullable<EventCausesQuery["run"]>["events"]["nodes"][number]["causes"];

/** The causes of an event, the nearest first, down to what began them. */
export function Causes({ run, position }: { readonly run: RunHead; readonly position: string }) {
  const variables = { run: run.id, position };
  const answer = useAnswer(EventCauses, variables, { isImmutable: true });
  return (
    <Answered answer={answer} skeleton={<SkeletonLines lines={8} />}>
      {({ run: found }) => {
        const chain = found?.events.nodes[0]?.causes ?? [];
        if (chain.length === 0) return <p class="soft">The log has no cause of this event.</p>;
        return (
          <>
            <ChainList run={run} chain={chain} />
            <QueryLink document={EventCauses} variables={variables} />
          </>
        );
      }}
    </Answered>
  );
}

function ChainList({ run, chain }: { readonly run: RunHead; readonly chain: Chain }) {
  return (
    <ol class="causes" aria-label="Chain of causes, nearest first">
      {chain.map(({ relation, event }) => (
        <li key={event?.position ?? "beginning"}>
          <p>{relation}</p>
          {event === null ? null : (
            <div class="small">
              <a href={momentHref(run.id, event.position)}>
                {eventTitle(event.type)}
                {event.vm === null || event.vm === 0 ? "" : ` in ${vmWords(run, event.vm)}`}
              </a>{" "}
              <span class="faint">
                {timestamp(event.timeNs)} · position {count(event.position)}
              </span>
              <br />
              <EventFields run={run.id} event={event} />
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}
