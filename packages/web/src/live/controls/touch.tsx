import { useEffect, useState } from "preact/hooks";
import { parameter } from "../../address/address.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Field, SelectField, Switch } from "../../design/field.tsx";
import type { RunHead } from "../../run/run-head.ts";
import { parseSelection, type Selection } from "../../run/selection.ts";
import { TouchPage, TouchRealPage } from "./commands.generated.ts";
import { FrameContent } from "./newest-vms.generated.ts";
import { Outcome } from "./outcome.tsx";
import type { NewestVm } from "./use-newest-vms.ts";
import { useCommand } from "./use-command.ts";

/** Processes are numbered from 1; this one stands for the guest's kernel, which touches real pages. */
const KERNEL = 0;

type Target = { readonly vm: number; readonly process: number; readonly page: number };

const selected = parameter("page");

/** Accesses a page of a running run: the page that is selected in the map, or any other one. */
export function Touch({ run, vms }: { readonly run: RunHead; readonly vms: readonly NewestVm[] }) {
  const [target, setTarget] = useTarget(run, vms);
  const [isWrite, setIsWrite] = useState(false);
  const [state, send] = useCommand();
  const vm = vms.find((each) => each.vm === target.vm);
  const touch = (event: Event): void => {
    event.preventDefault();
    const place = { run: run.id, vm: target.vm };
    if (target.process === KERNEL) void send(TouchRealPage, { ...place, realPage: target.page });
    else void send(TouchPage, { ...place, process: target.process, virtualPage: target.page, write: isWrite });
  };
  return (
    <form class="stack-tight" noValidate onSubmit={touch}>
      <h3>Touch a page</h3>
      <div class="command-fields">
        <SelectField
          label="VM"
          value={String(target.vm)}
          options={vms.map((each) => ({ value: String(each.vm), label: each.name }))}
          onChange={(value) => setTarget({ ...target, vm: Number(value), process: 1 })}
        />
        <SelectField
          label="By"
          value={String(target.process)}
          options={touchersOf(vm)}
          onChange={(value) => setTarget({ ...target, process: Number(value) })}
        />
        <Field label={target.process === KERNEL ? "Real page" : "Virtual page"}>
          <input
            type="number"
            min={0}
            max={pagesOf(vm, target.process) - 1}
            value={target.page}
            onInput={(event) => setTarget({ ...target, page: event.currentTarget.valueAsNumber })}
          />
        </Field>
      </div>
      <div class="row">
        <button class="button" type="submit" disabled={state.isBusy || !Number.isInteger(target.page)}>
          Touch this page
        </button>
        {target.process === KERNEL ? null : <Switch label="by a write" isOn={isWrite} onChange={setIsWrite} />}
      </div>
      <Outcome state={state} />
    </form>
  );
}

/** What is to be touched: what the address selects, until the form says something else. */
function useTarget(run: RunHead, vms: readonly NewestVm[]) {
  const selection = parseSelection(selected.value);
  const physicalPage = selection?.kind === "frame" ? selection.physicalPage : undefined;
  const frame = useAnswer(FrameContent, physicalPage === undefined ? undefined : { run: run.id, position: run.headPosition, physicalPage });
  const [target, setTarget] = useState<Target>({ vm: vms[0]?.vm ?? 1, process: 1, page: 0 });
  const content = physicalPage === undefined ? undefined : frame.data?.run?.at.frame;
  const [vm, realPage] = [content?.vm ?? undefined, content?.realPage ?? undefined];
  useEffect(() => {
    const asked = selection === undefined ? undefined : targetOf(selection, vm, realPage);
    if (asked !== undefined && vms.some((each) => each.vm === asked.vm)) setTarget(asked);
  }, [selected.value, vm, realPage]);
  return [target, setTarget] as const;
}

function targetOf(selection: Selection, vm: number | undefined, realPage: number | undefined): Target | undefined {
  if (selection.kind === "virtual") return { vm: selection.vm, process: selection.process, page: selection.virtualPage };
  if (selection.kind === "real") return { vm: selection.vm, process: KERNEL, page: selection.realPage };
  return vm === undefined || realPage === undefined ? undefined : { vm, process: KERNEL, page: realPage };
}

function touchersOf(vm: NewestVm | undefined) {
  const processes = vm?.processes.filter(({ backing }) => backing !== "CACHE") ?? [];
  return [
    ...processes.map(({ process, name }) => ({ value: String(process), label: name })),
    { value: String(KERNEL), label: "its kernel" },
  ];
}

function pagesOf(vm: NewestVm | undefined, process: number): number {
  if (process === KERNEL) return vm?.configuredPages ?? 0;
  return vm?.processes.find((each) => each.process === process)?.virtualPages ?? 0;
}
