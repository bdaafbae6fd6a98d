import { useAnswer } from "../api/use-answer.ts";
import { Answered } from "../design/answered.tsx";
import { Panel } from "../design/panel.tsx";
import { QueryLink } from "../design/query-link.tsx";
import { SkeletonLines } from "../design/skeleton.tsx";
import { count, enumWords, timestamp } from "../format/numbers.ts";
import { Causes } from "../run/causes.tsx";
import { DecisionLine } from "../run/decision-line.tsx";
import { eventTitle, fieldValue, fieldWords, pageNamed } from "../run/event-words.ts";
import { momentHref, whyHref } from "../run/run-hrefs.ts";
import { isFinal, type RunHead } from "../run/run-head.ts";
import { vmWords } from "../run/vm-words.ts";
import { EventDetails, type EventDetailsQuery } from "./log.generated.ts";

type Details = NonNullable<EventDetailsQuery["run"]>["events"]["nodes"][number];
type DetailsProps = { readonly run: RunHead; readonly position: number; readonly onClose: () => void };

/** All that is known of one event: its fields and what they mean, the decision, and its causes. */
export function EventDetailsPanel({ run, position, onClose }: DetailsProps) {
  const variables = { run: run.id, position: String(position) };
  // The decision behind an event is known a moment later than the event.
  const answer = useAnswer(EventDetails, variables, { isImmutable: isFinal(run) });
  return (
    <Panel
      title={`Event ${count(position)}`}
      actions={
        <button class="button button-quiet" type="button" onClick={onClose}>
          Close
        </button>
      }
    >
      <Answered answer={answer} skeleton={<SkeletonLines lines={12} />}>
        {({ run: found }) => {
          const [event] = found?.events.nodes ?? [];
          return event === undefined ? <p>There is no event at this position.</p> : <Loaded run={run} event={event} />;
        }}
      </Answered>
      <QueryLink document={EventDetails} variables={variables} />
    </Panel>
  );
}

function Loaded({ run, event }: { readonly run: RunHead; readonly event: Details }) {
  const { position, type, family, sentence, timeNs, vm, process, decided } = event;
  const where = vm === null || vm === 0 ? "Host" : vmWords(run, vm);
  return (
    <div class="stack-tight">
      <h3>
        {eventTitle(type)} <span class="tag">{enumWords(family)}</span>
      </h3>
      <p class="soft">{sentence}</p>
      <p>
        {where}
        {process === null ? "" : `, process ${process}`}, at {timestamp(timeNs)}.{" "}
        <a href={momentHref(run.id, position)}>Show this moment in memory</a>
      </p>
      <Fields run={run} event={event} />
      {decided === null ? null : <DecisionLine run={run} decision={decided} />}
      <h3>Why</h3>
      <Causes run={run} position={position} />
    </div>
  );
}

function Fields({ run, event }: { readonly run: RunHead; readonly event: Details }) {
  if (event.fields.length === 0) return <p class="soft">It carries nothing else.</p>;
  return (
    <table class="table log-fields">
      <tbody>
        {event.fields.map((field) => {
          const page = pageNamed(field, event);
          return (
            <tr key={field.name}>
              <th scope="row">
                {fieldWords(field)}
                <br />
                <span class="faint small">{field.description}</span>
              </th>
              <td class="number">
                {page === undefined ? fieldValue(field) : <a href={whyHref(run.id, page, { at: event.position })}>{fieldValue(field)}</a>}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
