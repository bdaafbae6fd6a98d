import { Failure } from "../design/notice.tsx";
import { Panel } from "../design/panel.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { isFinal, type RunHead } from "../run/run-head.ts";
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

function Controls({ run }: { readonly run: RunHead }) {
  const answer = useNewestVms(run);
  const vms = answer.data?.run?.at.vms;
  return (
    <Panel title="Live">
      <div class="live-controls">
        <div class="stack-tight">
          <RunButtons run={run} />
          <AddVm run={run} />
        </div>
        {answer.error === undefined ? null : <Failure error={answer.error} onRetry={answer.askAgain} />}
        {vms === undefined ? <Skeleton height={8} /> : vms.length === 0 ? null : <Touch run={run} vms={vms} />}
        {vms === undefined ? <Skeleton height={8} /> : <VmBalloons run={run} vms={vms} />}
      </div>
    </Panel>
  );
}
