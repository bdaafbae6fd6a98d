import { enumWords } from "../../format/numbers.ts";
import type { RunHead } from "../../run/run-head.ts";
import { SetBalloonTarget, StopVm } from "./commands.generated.ts";
import { ConfirmedButton } from "./confirmed-button.tsx";
import { Outcome } from "./outcome.tsx";
import { TargetSlider } from "./target-slider.tsx";
import { useCommand } from "./use-command.ts";
import type { NewestVm } from "./use-newest-vms.ts";

type VmBalloonsProps = {
  readonly run: RunHead;
  readonly vms: readonly NewestVm[];
  /** The moment of the VMs. */ readonly position: string;
};

/** The balloon and the end of each VM. */
export function VmBalloons({ run, vms, position }: VmBalloonsProps) {
  return (
    <div class="stack-tight">
      <h3>Balloons</h3>
      <ul class="balloons">
        {vms.map((vm) => (
          <li key={vm.vm}>
            <VmBalloon run={run.id} vm={vm} position={position} />
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

function VmBalloon({ run, vm, position }: { readonly run: string; readonly vm: NewestVm; readonly position: string }) {
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
      {isOn(vm) ? (
        <TargetSlider
          vm={vm}
          position={position}
          state={state}
          onTarget={(pages) => void send(SetBalloonTarget, { run, vm: vm.vm, pages })}
        />
      ) : null}
      <Outcome state={state} />
    </div>
  );
}
