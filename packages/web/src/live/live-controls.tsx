import { useState } from "preact/hooks";
import { Failure } from "../design/notice.tsx";
import { Panel } from "../design/panel.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { isFinal, type RunHead } from "../run/run-head.ts";
import { ClickChoice } from "./click/click-choice.tsx";
import { AddVm } from "./controls/add-vm.tsx";
import "./controls/controls.css";
import { RunButtons } from "./controls/run-buttons.tsx";
import { Touch } from "./controls/touch.tsx";
import { useNewestVms } from "./controls/use-newest-vms.ts";
import { VmBalloons } from "./controls/vm-balloons.tsx";

/** Commands to a run that is not final; nothing for one that is. */
export function LiveControls({ run }: { readonly run: RunHead }) {
  return isFinal(run) ? null : <Controls run={run} />;
}

/** In lower windows the grids are more important. */
const HIGH_WINDOW_PX = 880;

function Controls({ run }: { readonly run: RunHead }) {
  const [isOpen, setOpen] = useState(innerHeight >= HIGH_WINDOW_PX);
  const answer = useNewestVms(run);
  const moment = answer.data?.run?.at;
  const vms = moment?.vms;
  return (
    <Panel title="Live">
      <div class="live-bar">
        <RunButtons run={run} />
        <ClickChoice />
      </div>
      <details class="live-more" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>Balloons, pages by number, and more VMs</summary>
        <div class="live-controls">
          {answer.error === undefined ? null : <Failure error={answer.error} onRetry={answer.askAgain} />}
          {moment === undefined ? <Skeleton height={8} /> : <VmBalloons run={run} vms={moment.vms} position={moment.position} />}
          {vms === undefined ? <Skeleton height={8} /> : vms.length === 0 ? null : <Touch run={run} vms={vms} />}
          <AddVm run={run} />
        </div>
      </details>
    </Panel>
  );
}
