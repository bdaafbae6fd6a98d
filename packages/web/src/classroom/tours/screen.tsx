import { parameter, setParameters } from "../../address/address.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Answered } from "../../design/answered.tsx";
import { Empty, Failure } from "../../design/notice.tsx";
import { Skeleton } from "../../design/skeleton.tsx";
import { pagePath } from "../../page-paths.ts";
import { isFinal, useRunHead } from "../../run/run-head.ts";
import type { ScreenProps } from "../../shell/screen-props.ts";
import "../classroom.css";
import { useKeys } from "../use-keys.ts";
import { TOURS } from "./all-tours.ts";
import { MemoryPicture } from "./memory-picture.tsx";
import { PagesPicture } from "./pages-picture.tsx";
import { StepPanel } from "./step-panel.tsx";
import { findEvent, type Tour, type TourStep } from "./tour.ts";
import { useTourRun } from "./tour-run.ts";
import "./tours.css";
import { TourEvents, TourMemory, TourPages } from "./tours.generated.ts";

const step = parameter("step");

/** One of the lecture's figures, step by step, on the events of a run. */
export function Screen({ places }: ScreenProps) {
  const tour = TOURS.find(({ name }) => name === places["tour"]);
  if (tour === undefined) {
    return (
      <Empty title={`There is no tour called ${places["tour"] ?? ""}`}>
        <p>
          <a href={pagePath("classroom", {})}>The classroom</a> lists those that there are.
        </p>
      </Empty>
    );
  }
  return <Toured key={tour.name} tour={tour} />;
}

function Toured({ tour }: { readonly tour: Tour }) {
  const { steps } = tour;
  const number = shownStep(steps.length);
  const show = (to: number): void => {
    if (to >= 1 && to <= steps.length) setParameters({ step: String(to) });
  };
  useKeys({
    ArrowRight: () => show(number + 1),
    ArrowLeft: () => show(number - 1),
    Home: () => show(1),
    End: () => show(steps.length),
  });
  const shown = steps[number - 1];
  if (shown === undefined) return null;
  return (
    <div class="stack">
      <div class="stack-tight">
        <h1>{tour.title}</h1>
        <p class="soft">{tour.summary}</p>
      </div>
      <TourRun key={shown.scenario} tour={tour} step={shown} number={number} onShow={show} />
    </div>
  );
}

function shownStep(steps: number): number {
  const asked = Number(step.value ?? 1);
  return Number.isInteger(asked) && asked >= 1 && asked <= steps ? asked : 1;
}

type StepProps = { readonly tour: Tour; readonly step: TourStep; readonly number: number; readonly onShow: (step: number) => void };

function TourRun(props: StepProps) {
  const { run, error } = useTourRun(props.step.scenario);
  if (error !== undefined) return <Failure error={error} />;
  return run === undefined ? <Skeleton height={20} /> : <TourMoment {...props} run={run} />;
}

function TourMoment({ tour, step: shown, number, onShow, run }: StepProps & { readonly run: string }) {
  const head = useRunHead(run);
  const isWhole = head.data !== undefined && isFinal(head.data);
  const answer = useAnswer(TourEvents, isWhole ? { run } : undefined, { isImmutable: true });
  const event = findEvent(answer.data?.run?.events.nodes ?? [], shown.sought);
  const at = event === undefined ? undefined : { run, position: event.position };
  const pages = useAnswer(TourPages, tour.picture === "pages" ? at : undefined, { isImmutable: true });
  const memory = useAnswer(TourMemory, tour.picture === "memory" ? at : undefined, { isImmutable: true });
  return (
    <>
      <StepPanel tour={tour} number={number} event={event} run={run} isReady={answer.data !== undefined} onShow={onShow} />
      {head.error === undefined ? null : <Failure error={head.error} onRetry={head.askAgain} />}
      {answer.error === undefined ? null : <Failure error={answer.error} onRetry={answer.askAgain} />}
      {tour.picture === "pages" ? (
        <Answered answer={pages} skeleton={<Skeleton height={20} />}>
          {(data) => (data.run === null || event === undefined ? null : <PagesPicture tour={tour} event={event} moment={data.run.at} />)}
        </Answered>
      ) : (
        <Answered answer={memory} skeleton={<Skeleton height={20} />}>
          {(data) => (data.run === null ? null : <MemoryPicture moment={data.run.at} />)}
        </Answered>
      )}
    </>
  );
}
