import { computed } from "@preact/signals";
import { parameter, setParameters } from "../../address/address.ts";
import { Switch } from "../../design/field.tsx";
import { counted } from "../../format/numbers.ts";
import { useKeys } from "../use-keys.ts";

const step = parameter("step");
const predict = parameter("predict");

export const isPredicting = computed(() => predict.value === "1");

/** How many columns are shown; all of them unless the address says how many. While it is predicted, none at first. */
export function shownColumns(columns: number): number {
  const text = step.value ?? (isPredicting.value ? "0" : undefined);
  return text !== undefined && /^\d{1,4}$/.test(text) ? Math.min(Number(text), columns) : columns;
}

export function showColumns(count: number, columns: number): void {
  const shown = Math.max(0, Math.min(columns, count));
  setParameters({ step: shown === columns && !isPredicting.value ? undefined : String(shown) });
}

/** Shows the columns one after the other. In predict mode only an answer leads on. */
export function Stepper({ columns }: { readonly columns: number }) {
  const shown = shownColumns(columns);
  const to = (count: number) => () => showColumns(count, columns);
  const keys = { ArrowLeft: to(shown - 1), ArrowRight: to(shown + 1), Home: to(0), End: to(columns) };
  useKeys(isPredicting.value ? {} : keys);
  return (
    <div class="row row-apart no-print">
      {isPredicting.value ? (
        <p>Say what happens at the next reference, before it is shown.</p>
      ) : (
        <div class="row" role="group" aria-label="Steps">
          <button class="button" type="button" disabled={shown === 0} onClick={to(0)}>
            Hide all
          </button>
          <button class="button" type="button" disabled={shown === 0} onClick={to(shown - 1)}>
            Back <kbd>←</kbd>
          </button>
          <button class="button" type="button" disabled={shown === columns} onClick={to(shown + 1)}>
            Next <kbd>→</kbd>
          </button>
          <button class="button" type="button" disabled={shown === columns} onClick={to(columns)}>
            Show all
          </button>
          <span class="soft">
            {shown} of {counted(columns, "reference")}
          </span>
        </div>
      )}
      <div class="row">
        <Switch
          label="Predict first"
          isOn={isPredicting.value}
          onChange={(isOn) => setParameters({ predict: isOn ? "1" : undefined, step: isOn ? "0" : undefined }, { step: true })}
        />
        <button class="button" type="button" onClick={() => print()}>
          Print
        </button>
      </div>
    </div>
  );
}
