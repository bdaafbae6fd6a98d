import { useEffect, useRef, useState } from "preact/hooks";
import { counted, pagesAsBytes } from "../../format/numbers.ts";
import { RestingValue } from "./resting-value.ts";
import type { CommandState } from "./use-command.ts";
import type { NewestVm } from "./use-newest-vms.ts";

type TargetSliderProps = {
  readonly vm: NewestVm;
  /** The moment of `vm`. */
  readonly position: string;
  /** Of the last command of this VM. */
  readonly state: CommandState;
  readonly onTarget: (pages: number) => void;
};

/** Dragged by pointer or moved by keys; the target is sent once the pointer lets it go or the keys rest. */
export function TargetSlider({ vm, position, state, onTarget }: TargetSliderProps) {
  const { name, configuredPages, balloonSizePages, balloonTargetPages, residentPages } = vm;
  const isByKey = useRef(false);
  const send = useRef(onTarget);
  send.current = onTarget;
  const [resting] = useState(() => new RestingValue<number>((pages) => send.current(pages)));
  const [wanted, setWanted] = useWanted(position, state, resting);
  useEffect(() => () => resting.flush(), [resting]);
  const target = wanted ?? balloonTargetPages;
  const change = (pages: number): void => {
    setWanted(pages);
    resting.set(pages);
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
        onKeyDown={() => (isByKey.current = true)}
        onPointerDown={() => (isByKey.current = false)}
        onInput={({ currentTarget: { valueAsNumber: pages } }) => (isByKey.current ? change(pages) : setWanted(pages))}
        onChange={({ currentTarget: { valueAsNumber: pages } }) => {
          if (isByKey.current) return;
          change(pages);
          resting.flush();
        }}
        onBlur={() => resting.flush()}
      />
      <div class="row row-apart small soft">
        <span>
          target {counted(target, "page")} ({pagesAsBytes(target)})
          {wanted === undefined ? "" : <span class="balloon-pending"> pending, was {counted(balloonTargetPages, "page")}</span>}
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

/** The target that is wanted, until the run's newest moment has it or the command was refused. */
function useWanted(position: string, { isBusy, error, position: accepted }: CommandState, resting: RestingValue<number>) {
  const [wanted, setWanted] = useState<number>();
  const isShown = !isBusy && accepted !== undefined && BigInt(position) >= BigInt(accepted);
  useEffect(() => {
    if ((isShown || error !== undefined) && !resting.isWaiting) setWanted(undefined);
  }, [isShown, accepted, error]);
  return [wanted, setWanted] as const;
}
