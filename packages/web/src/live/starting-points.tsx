import { Facts } from "../design/facts.tsx";
import { Field } from "../design/field.tsx";
import { count, counted, pagesAsBytes } from "../format/numbers.ts";
import type { NewRunQuery } from "./new-run.generated.ts";

type StartingPointsProps = {
  readonly scenarios: NewRunQuery["scenarios"];
  readonly chosen: string;
  readonly onChoose: (name: string) => void;
};

/** The bundled scenarios, of which one is what the form begins with. */
export function StartingPoints({ scenarios, chosen, onChoose }: StartingPointsProps) {
  const scenario = scenarios.find(({ name }) => name === chosen);
  return (
    <section class="panel starting-points" aria-label="Starting point">
      <Field label="Starting point">
        <select value={chosen} onChange={(event) => onChoose(event.currentTarget.value)}>
          {scenarios.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      {scenario === undefined ? null : (
        <div class="stack-tight">
          <p>{scenario.description}</p>
          <Facts
            facts={[
              ["VMs", count(scenario.vmNames.length)],
              ["configured", `${counted(scenario.configuredPages, "page")} (${pagesAsBytes(scenario.configuredPages)})`],
              ["host", `${counted(scenario.framePages, "frame")} (${pagesAsBytes(scenario.framePages)})`],
            ]}
          />
        </div>
      )}
    </section>
  );
}
