import { useEffect, useRef, useState } from "preact/hooks";
import { Field } from "../../design/field.tsx";
import { count, timestamp } from "../../format/numbers.ts";
import type { MapModel } from "../map-model.ts";
import { scrubToTime } from "../timeline/scrub-to-time.ts";
import { parseTime } from "../timeline/time-scale.ts";

type GoToDialogProps = { readonly model: MapModel; readonly onClose: () => void };

/** Asks for a position or a simulated time, and shows the run there. */
export function GoToDialog({ model, onClose }: GoToDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();
  useEffect(() => dialog.current!.showModal(), []);
  const go = (event: Event): void => {
    event.preventDefault();
    const found = placeOf(text, model);
    if (typeof found === "string") return setProblem(found);
    if ("timeNs" in found) scrubToTime(model, found.timeNs);
    else model.scrub(found.position);
    onClose();
  };
  return (
    <dialog ref={dialog} class="map-dialog" aria-label="Go to" onClose={onClose}>
      <form class="stack-tight" onSubmit={go}>
        <Field label="Position, such as 12345, or simulated time, such as 1.25 s" problem={problem}>
          <input type="text" value={text} autocomplete="off" onInput={(event) => setText(event.currentTarget.value)} />
        </Field>
        <p class="small soft">
          Positions reach from 0 to {count(model.head.value)}, times to {timestamp(model.headTimeNs.value)}.
        </p>
        <div class="row">
          <button class="button button-primary" type="submit">
            Go
          </button>
          <button class="button" type="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  );
}

/** What is wrong with the text, if it names no place of the run. */
function placeOf(text: string, model: MapModel): { readonly position: number } | { readonly timeNs: number } | string {
  const digits = text.replaceAll(/[\s,]/g, "");
  if (/^\d{1,15}$/.test(digits)) {
    return Number(digits) <= model.head.peek() ? { position: Number(digits) } : `The last event is ${count(model.head.peek())}.`;
  }
  const timeNs = parseTime(text);
  if (timeNs === undefined) return "Write a number, or a time with ns, us, ms or s.";
  return timeNs <= model.headTimeNs.peek() ? { timeNs } : `The run ends at ${timestamp(model.headTimeNs.peek())}.`;
}
