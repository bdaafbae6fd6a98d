import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { BUNDLED_POLICIES } from "../packages/server/src/installed-policies/bundled-policies.ts";
import { BUNDLED } from "./bundled-policies.ts";

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const folders = readdirSync(new URL("../packages/policies/", import.meta.url)).sort();

/** The oracle is the folder of policies. */
test("every policy of packages/policies is installed: in bundled-policies.ts, and among the dependencies of the server", () => {
  const names = folders.map((folder) => `@ballast/policy-${folder}`);
  expect(BUNDLED_POLICIES).toEqual(names);
  const { dependencies } = JSON.parse(read("packages/server/package.json")) as { dependencies: object };
  expect(Object.keys(dependencies).filter((name) => name.startsWith("@ballast/policy-"))).toEqual(names);
});

test("`tsc -b` builds every policy", () => {
  const { references } = JSON.parse(read("tsconfig.json")) as { references: { path: string }[] };
  expect(references.map(({ path }) => path)).toEqual(expect.arrayContaining(folders.map((folder) => `packages/policies/${folder}`)));
});

test("docs/policies.md has a row for each, with what it declares", () => {
  const page = read("docs/policies.md");
  for (const { name, requires } of BUNDLED) {
    const rights = requires.map((capability) => `\`${capability}\``).join(", ") || "nothing";
    expect(page).toMatch(
      new RegExp(`^\\| \\[\`${name}\`\\]\\(\\.\\./packages/policies/${name}/README\\.md\\) \\| .+ \\| ${rights} \\|$`, "m"),
    );
  }
});
