import { parameter, setParameters } from "../address/address.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Answered } from "../design/answered.tsx";
import { QueryLink } from "../design/query-link.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import type { RunHead } from "../run/run-head.ts";
import type { AskedPage, MomentOfRun } from "./asked-page.ts";
import { stagesOf, type Translated } from "./stages.ts";
import { StageList } from "./stage-list.tsx";
import { StepBar } from "./step-bar.tsx";
import { TranslateNeighbours, TranslatePage, type TranslatePageQuery } from "./translate.generated.ts";

const step = parameter("step");
const predict = parameter("predict");
/** Entries shown on each side of the one that is looked up. */
const AROUND = 3;

type TranslationProps = {
  readonly run: RunHead;
  readonly moment: MomentOfRun;
  readonly asked: AskedPage;
  readonly virtualPages: number;
  readonly at: number;
};

/** The whole way of one address at one moment. */
export function Translation(props: TranslationProps) {
  const { run, asked, virtualPages, at } = props;
  const { vm, process, virtualPage: page } = asked;
  const variables = { run: run.id, at: String(at), vm, process, page, ...around(page, virtualPages) };
  const answer = useAnswer(TranslatePage, variables, { isImmutable: true });
  return (
    <Answered answer={answer} skeleton={<Skeleton height={22} />}>
      {({ run: found }) =>
        found === null ? null : (
          <>
            <Walked {...props} found={found} />
            <div>
              <QueryLink document={TranslatePage} variables={variables} />
            </div>
          </>
        )
      }
    </Answered>
  );
}

type WalkedProps = TranslationProps & { readonly found: NonNullable<TranslatePageQuery["run"]> };

function Walked({ run, moment, asked, at, found }: WalkedProps) {
  const translated = found.at.translate;
  const realPages = moment.at.vms.find(({ vm }) => vm === asked.vm)?.configuredPages ?? 1;
  const ranges = neighboursOf(translated, realPages, run.scenario.framePages);
  const neighbours = useAnswer(TranslateNeighbours, { run: run.id, at: String(at), vm: asked.vm, ...ranges }, { isImmutable: true });
  const stages = stagesOf(translated);
  const isPredicting = predict.value !== undefined;
  const shown = shownStages(stages.length, isPredicting);
  const show = (count: number): void => setParameters({ step: String(Math.max(0, Math.min(stages.length, count))) });
  return (
    <>
      <StepBar
        run={run}
        moment={moment}
        asked={asked}
        at={at}
        realPage={translated.realPage}
        shown={shown}
        stages={stages.length}
        show={show}
      />
      <StageList
        run={run}
        moment={moment}
        asked={asked}
        at={at}
        translated={translated}
        pageTable={found.at.vm?.process?.pageTable.nodes ?? []}
        realMapTable={neighbours.data?.run?.at.vm?.realMapTable.nodes ?? []}
        frames={neighbours.data?.run?.at.frames.nodes ?? []}
        stages={stages}
        shown={shown}
        isPredicting={isPredicting}
        show={show}
      />
    </>
  );
}

/** Without a step in the address everything is shown; a reader who predicts begins with the address alone. */
function shownStages(stages: number, isPredicting: boolean): number {
  const asked = step.value;
  if (asked === undefined || !/^\d{1,2}$/.test(asked)) return isPredicting ? 1 : stages;
  return Math.min(stages, Number(asked));
}

function neighboursOf({ realPage, physicalPage }: Translated, realPages: number, framePages: number) {
  const real = around(realPage ?? 0, realPages);
  const frame = around(physicalPage ?? 0, framePages);
  return { isReal: realPage !== null, fromReal: real.from, toReal: real.to, fromFrame: frame.from, toFrame: frame.to };
}

function around(page: number, pages: number): { readonly from: number; readonly to: number } {
  const from = Math.max(0, Math.min(page - AROUND, pages - (2 * AROUND + 1)));
  return { from, to: Math.min(pages, from + 2 * AROUND + 1) };
}
