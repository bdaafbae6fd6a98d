import { SelectField, Switch } from "../design/field.tsx";
import { Panel } from "../design/panel.tsx";
import { count, pagesAsBytes } from "../format/numbers.ts";
import { changeCurves, type CurveState } from "./curve-state.ts";
import type { CurveChoicesQuery } from "./curves.generated.ts";
import { SizeField } from "./size-field.tsx";

type Trace = CurveChoicesQuery["traces"][number];
type Algorithm = CurveChoicesQuery["replacementAlgorithms"][number];

/** Of a page's fractions that SHARDS samples. */
const RATES = [0.01, 0.05, 0.1, 0.25, 0.5] as const;

type CurveFormProps = { readonly choices: CurveChoicesQuery; readonly trace: Trace | undefined; readonly state: CurveState };

/** What is drawn: the trace, the algorithms with their parameters, the axis, an estimate, and the size of a VM. */
export function CurveForm({ choices, trace, state }: CurveFormProps) {
  return (
    <Panel title="Choose">
      <form class="stack" onSubmit={(event) => event.preventDefault()}>
        <SelectField
          label="Trace"
          value={trace?.name ?? ""}
          options={choices.traces.map(({ name, pageCount }) => ({ value: name, label: `${name} (${count(pageCount)} pages)` }))}
          onChange={(name) => changeCurves({ trace: name })}
        />
        {trace === undefined ? null : <TraceFacts trace={trace} />}
        <fieldset class="curve-algorithms">
          <legend>Replacement algorithms</legend>
          {choices.replacementAlgorithms.map((algorithm) => (
            <AlgorithmChoice key={algorithm.name} algorithm={algorithm} chosen={state.policies} />
          ))}
        </fieldset>
        <SelectField
          label="Memory axis"
          value={state.isLogarithmic ? "log" : "linear"}
          options={[
            { value: "log", label: "logarithmic" },
            { value: "linear", label: "linear" },
          ]}
          onChange={(value) => changeCurves({ isLogarithmic: value === "log" })}
        />
        <SelectField
          label="Estimate of LRU from a sample (SHARDS)"
          value={state.shards === undefined ? "" : String(state.shards)}
          options={[{ value: "", label: "none" }, ...RATES.map((rate) => ({ value: String(rate), label: `${rate * 100} % of the pages` }))]}
          onChange={(value) => changeCurves({ shards: value === "" ? undefined : Number(value) })}
        />
        <SizeField scenarios={choices.scenarios} size={state.size} />
      </form>
    </Panel>
  );
}

function TraceFacts({ trace: { description, pageCount, referenceCount } }: { readonly trace: Trace }) {
  return (
    <p class="small soft">
      {description} {count(referenceCount)} references to {count(pageCount)} pages ({pagesAsBytes(pageCount)}).
    </p>
  );
}

/** `clock` and `clock:referenceBitOnLoad=clear` are two curves that can be drawn together. */
function AlgorithmChoice({
  algorithm: { name, title, looksAhead, parameters },
  chosen,
}: {
  readonly algorithm: Algorithm;
  readonly chosen: readonly string[];
}) {
  const others = parameters.flatMap(({ name: parameter, words }) =>
    words.slice(1).map((word) => ({ policy: `${name}:${parameter}=${word}`, label: `${parameter} ${word}` })),
  );
  const toggle = (policy: string) => (isOn: boolean) =>
    changeCurves({ policies: isOn ? [...chosen, policy] : chosen.filter((each) => each !== policy) });
  return (
    <div class="curve-algorithm">
      <Switch label={`${name}${looksAhead ? " (the bound)" : ""}`} isOn={chosen.includes(name)} onChange={toggle(name)} />
      <span class="small soft">{title}</span>
      {others.map(({ policy, label }) => (
        <span class="curve-variant small" key={policy}>
          <Switch label={label} isOn={chosen.includes(policy)} onChange={toggle(policy)} />
        </span>
      ))}
    </div>
  );
}
