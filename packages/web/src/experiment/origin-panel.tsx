import { useAnswer } from "../api/use-answer.ts";
import { Answered } from "../design/answered.tsx";
import { Facts } from "../design/facts.tsx";
import { Panel } from "../design/panel.tsx";
import { count, pagesAsBytes } from "../format/numbers.ts";
import { Policies, type PoliciesQuery } from "../experiments/policies.generated.ts";
import { OriginOfRun } from "./experiment.generated.ts";
import type { Experiment, Variant } from "./use-experiment.ts";

/** What the runs were made of: the scenario, the policies with all their parameters, and where the defaults come from. */
export function OriginPanel({ experiment }: { readonly experiment: Experiment }) {
  const run = experiment.variants.flatMap(({ cells }) => cells).find((cell) => cell.run !== null)?.run?.id;
  const origin = useAnswer(OriginOfRun, run === undefined ? undefined : { run }, { isImmutable: true });
  const policies = useAnswer(Policies, {}, { isImmutable: true });
  return (
    <Panel title="Scenario and parameters">
      <div class="stack">
        <Answered answer={origin}>
          {(data) => (data.run === null ? null : <Scenario name={experiment.scenarioName} scenario={data.run.scenario} />)}
        </Answered>
        <Answered answer={policies}>{(data) => <Parameters variants={experiment.variants} policies={data.policies} />}</Answered>
      </div>
    </Panel>
  );
}

type ScenarioProps = {
  readonly name: string;
  readonly scenario: {
    readonly description: string;
    readonly framePages: number;
    readonly configuredPages: number;
    readonly vmNames: readonly string[];
    readonly json: unknown;
  };
};

function Scenario({ name, scenario: { description, framePages, configuredPages, vmNames, json } }: ScenarioProps) {
  return (
    <div class="stack-tight">
      <h3>{name}</h3>
      <p>{description}</p>
      <Facts
        facts={[
          ["frames", `${count(framePages)} (${pagesAsBytes(framePages)})`],
          ["configured", `${count(configuredPages)} pages (${pagesAsBytes(configuredPages)})`],
          ["VMs", vmNames.join(", ")],
        ]}
      />
      <details>
        <summary>The scenario as JSON</summary>
        <pre tabIndex={0}>{JSON.stringify(json, null, 2)}</pre>
      </details>
    </div>
  );
}

type Policy = PoliciesQuery["policies"][number];

function Parameters({ variants, policies }: { readonly variants: readonly Variant[]; readonly policies: readonly Policy[] }) {
  const shown = variants.filter(({ role }) => role !== "UNCOMMITTED");
  return (
    <div class="stack-tight">
      {shown.map((variant) => {
        const policy = policies.find(({ name }) => name === variant.policyName);
        const given = variant.parameters as Readonly<Record<string, unknown>>;
        const changed = Object.entries(given).filter(
          ([name, value]) => value !== policy?.parameters.find((each) => each.name === name)?.default,
        );
        return (
          <details key={variant.label}>
            <summary>
              {variant.label}: {variant.policyName} {variant.policyVersion},{" "}
              {changed.length === 0
                ? "all parameters at their defaults"
                : changed.map(([name, value]) => `${name} ${String(value)}`).join(", ")}
            </summary>
            <div class="stack-tight origin-policy">
              {policy === undefined ? <p class="soft">This policy is not installed any more.</p> : <p class="soft">{policy.description}</p>}
              <OverridesList overrides={variant.overrides as Readonly<Record<string, unknown>>} />
              <ParameterTable given={given} policy={policy} />
            </div>
          </details>
        );
      })}
    </div>
  );
}

function OverridesList({ overrides }: { readonly overrides: Readonly<Record<string, unknown>> }) {
  const entries = Object.entries(overrides);
  if (entries.length === 0) return null;
  return <Facts facts={entries.map(([path, value]) => [path, <code>{JSON.stringify(value)}</code>])} />;
}

function ParameterTable({ given, policy }: { readonly given: Readonly<Record<string, unknown>>; readonly policy: Policy | undefined }) {
  const names = Object.keys(given);
  if (names.length === 0) return <p class="soft">It has no parameters.</p>;
  return (
    <div class="table-frame" tabIndex={0} role="region" aria-label={`Parameters of ${policy?.name ?? "the policy"}`}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">parameter</th>
            <th class="number" scope="col">
              value
            </th>
            <th class="number" scope="col">
              default
            </th>
            <th scope="col">meaning</th>
            <th scope="col">source of the default</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => {
            const declared = policy?.parameters.find((each) => each.name === name);
            const value = String(given[name]);
            const byDefault = declared === undefined ? "" : String(declared.default);
            return (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td class="number">
                  {value === byDefault ? value : <strong>{value}</strong>} {declared?.unit ?? ""}
                </td>
                <td class="number">{byDefault}</td>
                <td>{declared?.description}</td>
                <td class="soft">{declared?.source}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
