import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { expect, test } from "vitest";
import { CAPABILITIES, findPolicyFaults, type Policy } from "../packages/core/src/policy/index.ts";
import { parseScenario } from "../packages/core/src/scenario/index.ts";
import { BUNDLED } from "./bundled-policies.ts";
import { codeOn } from "./code-on-page.ts";
import { parameterTable } from "./parameter-table.ts";
import { runOutcome } from "./scenario-outcomes.ts";

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

test.each(BUNDLED.map((policy) => [policy.name, policy] as const))(
  "the README of %s shows its parameters as they are declared",
  (name, policy) => {
    const readme = read(`packages/policies/${name}/README.md`);
    expect(readme).toContain(policy.description);
    expect(readme).toContain(policy.requires.map((capability) => `\`${capability}\``).join(", ") || "nothing");
    if (Object.keys(policy.parameters).length > 0) expect(readme).toContain(parameterTable(policy));
  },
);

test("docs/policies.md names every policy that comes with Ballast and every capability", () => {
  const page = read("docs/policies.md");
  for (const { name } of BUNDLED) expect(page).toContain(`\`${name}\``);
  for (const [capability, description] of Object.entries(CAPABILITIES)) expect(page).toContain(`| \`${capability}\` | ${description} |`);
});

const firstCodeOn = (page: string, language: string): string => codeOn(page, language)[0] ?? "";

test("the policy shown in docs/policies.md runs the scenario shown in docs/scenarios.md, and saves its VMs", async () => {
  // What the package's name stands for; `tests/outside.test.ts` compiles and runs the same by the name.
  const interfaceUrl = new URL("../packages/core/src/policy/index.ts", import.meta.url).href;
  const code = stripTypeScriptTypes(firstCodeOn("docs/policies.md", "ts")).replace("@ballast/core/policy", interfaceUrl);
  const { policy } = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)) as {
    policy: Policy;
  };
  expect(findPolicyFaults(policy)).toEqual([]);
  const scenario = parseScenario(JSON.parse(firstCodeOn("docs/scenarios.md", "json")));
  expect(runOutcome(scenario, policy)).toMatchObject({ finished: 2, killed: 0 });
});

test("every scenario shown in docs/scenarios.md can be used", () => {
  const shown = codeOn("docs/scenarios.md", "json").map((code) => JSON.parse(code) as object);
  const scenarios = shown.filter((json) => "host" in json).map((json) => parseScenario(json));
  expect(scenarios.map(({ name, vms }) => [name, vms.length])).toEqual([
    ["smallest", 2],
    ["logins", 20],
  ]);
});
