import { useState } from "preact/hooks";
import { count, enumWords } from "../format/numbers.ts";
import { eventTitle } from "../run/event-words.ts";

/** An event type that occurs in the run. */
export type OccurringType = { readonly type: string; readonly family: string; readonly description: string; readonly count: string };

type TypeChoiceProps = {
  readonly types: readonly OccurringType[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
};

/** Types to choose from, by family, with how often each occurs. */
export function TypeChoice({ types, chosen, onChange }: TypeChoiceProps) {
  const [isOpen, setOpen] = useState(false);
  const families = [...new Set(types.map(({ family }) => family))];
  const summary = chosen.length === 0 ? "all" : chosen.length === 1 ? eventTitle(chosen[0] ?? "") : `${chosen.length} types`;
  return (
    <details
      class="type-choice"
      open={isOpen}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      onKeyDown={(event) => (event.key === "Escape" ? setOpen(false) : undefined)}
    >
      <summary>
        <span>Types</span>
        <span class="type-choice-value">{summary}</span>
      </summary>
      {isOpen ? (
        <div class="type-choice-list panel">
          {families.map((family) => (
            <Family
              key={family}
              family={family}
              types={types.filter((each) => each.family === family)}
              chosen={chosen}
              onChange={onChange}
            />
          ))}
        </div>
      ) : null}
    </details>
  );
}

function Family({ family, types, chosen, onChange }: TypeChoiceProps & { readonly family: string }) {
  const names = types.map(({ type }) => type);
  const isWhole = names.every((name) => chosen.includes(name));
  const others = chosen.filter((name) => !names.includes(name));
  return (
    <fieldset>
      <legend>
        <label class="switch">
          <input type="checkbox" checked={isWhole} onChange={() => onChange(isWhole ? others : [...others, ...names])} />
          <strong>{enumWords(family)}</strong>
        </label>
      </legend>
      {types.map(({ type, count: often, description }) => {
        const isChosen = chosen.includes(type);
        const next = isChosen ? chosen.filter((name) => name !== type) : [...chosen, type];
        return (
          <label key={type} class="switch" title={description}>
            <input type="checkbox" checked={isChosen} onChange={() => onChange(next)} />
            {eventTitle(type)} <span class="faint number">{count(often)}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
