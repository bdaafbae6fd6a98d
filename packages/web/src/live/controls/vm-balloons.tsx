import { useState } from "preact/hooks";
import { counted, enumWords, pagesAsBytes } from "../../format/numbers.ts";
import type { RunHead } from "../../run/run-head.ts";
import { SetBalloonTarget, StopVm } from "./commands.generated.ts";
import { ConfirmedButton } from "./confirmed-button.tsx";
import { Outcome } from "./outcome.tsx";
import { useCommand } from "./use-command.ts";
import type { NewestVm } from "./use-newest-vms.ts";

/** The balloon and the end of each VM. */
export function VmBalloons({ run, vms }: { readonly run: RunHead; readonly vms: readonly NewestVm[] }) {
  return (
    <div class="stack-tight">
      <h3>Balloons</h3>
      <ul class="balloons">
        {vms.map((vm) => (
          <li key={vm.vm}>
            <VmBalloon run={run.id} vm={vm} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A VM that takes commands. */
function isOn({ life }: NewestVm): boolean {
  return life === "RUNNING" || life === "FINISHED";
}

function VmBalloon({ run, vm }: { readonly run: string; readonly vm: NewestVm }) {
  const [state, send] = useCommand();
  return (
    <div class="balloon">
      <div class="row row-apart">
        <strong>
          <span class="swatch" style={{ background: `var(--vm-${vm.vm % 8})` }} /> {vm.name}
        </strong>
        {isOn(vm) ? (
          <ConfirmedButton
            label="Stop this VM"
            confirmLabel="Stop it for good"
            isDisabled={state.isBusy}
            onConfirm={() => void send(StopVm, { run, vm: vm.vm })}
          />
        ) : (
          <span class="tag">{enumWords(vm.life)}</span>
        )}
      </div>
      {isOn(vm) ? <TargetSlider vm={vm} onTarget={(pages) => void send(SetBalloonTarget, { run, vm: vm.vm, pages })} /> : null}
      <Outcome state={state} />
    </div>
  );
}

/** Dragged by pointer or moved by keys; the target is sent once it is let go. */
function TargetSlider({ vm, onTarget }: { readonly vm: NewestVm; readonly onTarget: (pages: number) => void }) {
  const [dragged, setDragged] = useState<number>();
  const { name, configuredPages, balloonSizePages, balloonTargetPages, residentPages } = vm;
  const target = dragged ?? balloonTargetPages;
  const release = (pages: number): void => {
    setDragged(pages);
    if (pages !== balloonTargetPages) onTarget(pages);
  };
  return (
    <>
      <input
        type="range"
        aria-label={`Balloon target of ${name}`}
        aria-valuetext={`${counted(target, "page")}, ${pagesAsBytes(target)}`}
        min={0}
        max={configuredPages}
        value={target}
        onInput={(event) => setDragged(event.currentTarget.valueAsNumber)}
        onChange={(event) => release(event.currentTarget.valueAsNumber)}
        onBlur={() => setDragged(undefined)}
      />
      <div class="row row-apart small soft">
        <span>
          target {counted(target, "page")} ({pagesAsBytes(target)})
        </span>
        <span>
          size {counted(balloonSizePages, "page")} ({pagesAsBytes(balloonSizePages)})
        </span>
        <span>
          {counted(residentPages, "page")} resident of {counted(configuredPages, "page")}
        </span>
      </div>
    </>
  );
}
