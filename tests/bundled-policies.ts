import { readdirSync } from "node:fs";
import type { Policy } from "../packages/core/src/policy/index.ts";

const folder = new URL("../packages/policies/", import.meta.url);

type PolicyModule = { readonly policy: Policy };

/** The policies that come with Ballast, by ascending name: each folder of packages/policies is one. */
export const BUNDLED: readonly Policy[] = await Promise.all(
  readdirSync(folder)
    .sort()
    .map(async (name) => {
      const module = (await import(/* @vite-ignore */ new URL(`${name}/src/index.ts`, folder).href)) as PolicyModule;
      return module.policy;
    }),
);
