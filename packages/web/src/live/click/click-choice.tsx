import { CLICK_MODES, type ClickMode, clickMode } from "../../run/page-click.ts";

const WORDS: Readonly<Record<ClickMode, string>> = { select: "selects it", load: "loads from it", store: "stores to it" };

/** What a click on a page of the grids does. */
export function ClickChoice() {
  return (
    <fieldset class="click-choice">
      <legend class="small soft">
        A click on a page <kbd>t</kbd>
      </legend>
      <div class="row">
        {CLICK_MODES.map((mode) => (
          <label key={mode} class="switch">
            <input type="radio" name="click-mode" checked={clickMode.value === mode} onChange={() => (clickMode.value = mode)} />
            {WORDS[mode]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
