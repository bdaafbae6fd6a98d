import { hrefWith, setParameters } from "../../address/address.ts";
import { Field } from "../../design/field.tsx";
import type { AlgorithmsQuery } from "../grid.generated.ts";
import { askedGrids, BELADY, LOOP, TEXTBOOK } from "./asked-grids.ts";

const START = { step: undefined, predict: undefined };

const EXAMPLES = [
  { label: "Belady's anomaly", parameters: BELADY },
  { label: "The textbooks' string", parameters: TEXTBOOK },
  { label: "A loop that is too long", parameters: LOOP },
];

/** What the grids are of; whatever is typed is in the address. */
export function ReplacementForm({ algorithms }: { readonly algorithms: AlgorithmsQuery["replacementAlgorithms"] }) {
  const { text, chosen, problems } = askedGrids.value;
  const change = (changes: Readonly<Record<string, string>>): void => setParameters({ ...START, ...changes });
  return (
    <form class="panel stack no-print" onSubmit={(event) => event.preventDefault()}>
      <div class="row">
        <span class="soft">Examples:</span>
        {EXAMPLES.map(({ label, parameters }) => (
          <a key={label} class="button button-small" href={hrefWith({ ...START, ...parameters })}>
            {label}
          </a>
        ))}
      </div>
      <div class="replacement-fields">
        <Field label="Reference string" problem={problems.refs}>
          <input
            type="text"
            autoComplete="off"
            spellcheck={false}
            aria-invalid={problems.refs !== undefined}
            value={text.refs}
            onInput={(event) => change({ refs: event.currentTarget.value })}
          />
        </Field>
        <Field label="Frames, one number or several" problem={problems.frames}>
          <input
            type="text"
            inputMode="numeric"
            aria-invalid={problems.frames !== undefined}
            value={text.frames}
            onInput={(event) => change({ frames: event.currentTarget.value })}
          />
        </Field>
        {chosen.includes("random") ? (
          <Field label="Seed of random" problem={problems.seed}>
            <input
              type="text"
              inputMode="numeric"
              aria-invalid={problems.seed !== undefined}
              value={text.seed}
              onInput={(event) => change({ seed: event.currentTarget.value })}
            />
          </Field>
        ) : null}
      </div>
      <fieldset class="algorithms">
        <legend class="small soft">Algorithms</legend>
        {algorithms.map(({ name, title, victim }) => (
          <label key={name} class="switch" title={`Leaves: ${victim}`}>
            <input
              type="checkbox"
              checked={chosen.includes(name)}
              onChange={(event) =>
                change({ algorithms: (event.currentTarget.checked ? [...chosen, name] : chosen.filter((each) => each !== name)).join(" ") })
              }
            />
            {title}
          </label>
        ))}
        {problems.algorithms === undefined ? null : (
          <span class="field-problem" role="alert">
            {problems.algorithms}
          </span>
        )}
      </fieldset>
    </form>
  );
}
