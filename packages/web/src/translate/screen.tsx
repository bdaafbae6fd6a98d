import { parameter } from "../address/address.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Answered } from "../design/answered.tsx";
import { Empty } from "../design/notice.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { shownPosition } from "../run/position.ts";
import { RunFrame } from "../run/run-frame.tsx";
import type { RunHead } from "../run/run-head.ts";
import { parseSelection } from "../run/selection.ts";
import type { ScreenProps } from "../shell/screen-props.ts";
import { AddressForm } from "./address-form.tsx";
import type { AskedPage, MomentOfRun } from "./asked-page.ts";
import { TranslateMoment } from "./translate.generated.ts";
import { Translation } from "./translation.tsx";
import "./translate.css";

const selected = parameter("page");
const [vmText, processText, pageText, offsetText] = ["vm", "process", "vpage", "offset"].map(parameter);

/** A virtual address on its way through the tables, step by step, at any moment. */
export function Screen({ places }: ScreenProps) {
  return <RunFrame run={places["run"] ?? ""}>{(run) => <Translate run={run} />}</RunFrame>;
}

function Translate({ run }: { readonly run: RunHead }) {
  const at = shownPosition(run.headPosition);
  const answer = useAnswer(TranslateMoment, { run: run.id, at: String(at) }, { isImmutable: true });
  return (
    <Answered answer={answer} skeleton={<Skeleton height={24} />}>
      {({ run: moment }) => (moment === null ? null : <AtMoment run={run} moment={moment} at={at} />)}
    </Answered>
  );
}

function AtMoment({ run, moment, at }: { readonly run: RunHead; readonly moment: MomentOfRun; readonly at: number }) {
  const { vms } = moment.at;
  const asked = askedPage(vms);
  const process = vms.find(({ vm }) => vm === asked.vm)?.processes.find((each) => each.process === asked.process);
  return (
    <div class="stack">
      <AddressForm run={run} moment={moment} asked={asked} />
      {process === undefined ? (
        <Empty title="There is no such process at this moment">
          <p>Its VM has not started it yet, or has no process of this number. Choose another one, or a later moment.</p>
        </Empty>
      ) : asked.virtualPage >= process.virtualPages ? (
        <Empty title={`Process ${process.name} has virtual pages 0 to ${process.virtualPages - 1}`}>Choose one of them.</Empty>
      ) : (
        <Translation run={run} moment={moment} asked={asked} virtualPages={process.virtualPages} at={at} />
      )}
    </div>
  );
}

function askedPage(vms: MomentOfRun["at"]["vms"]): AskedPage {
  const selection = parseSelection(selected.value);
  const given = selection?.kind === "virtual" && pageText?.value === undefined ? selection : undefined;
  const givenVm = given?.vm ?? number(vmText?.value);
  const largest = largestProcess(givenVm === undefined ? vms : vms.filter((each) => each.vm === givenVm));
  const vm = givenVm ?? largest?.vm ?? 1;
  const process = given?.process ?? number(processText?.value) ?? largest?.process ?? 1;
  const virtualPage = given?.virtualPage ?? number(pageText?.value) ?? 0;
  return { vm, process, virtualPage, offset: Math.min(4_095, number(offsetText?.value) ?? 0) };
}

/** Its first page is more likely mapped than that of a process of one page, such as one that reads a file. */
function largestProcess(vms: MomentOfRun["at"]["vms"]): { readonly vm: number; readonly process: number } | undefined {
  const all = vms.flatMap(({ vm, processes }) => processes.map(({ process, virtualPages }) => ({ vm, process, virtualPages })));
  return all.toSorted((left, right) => right.virtualPages - left.virtualPages)[0];
}

function number(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}
