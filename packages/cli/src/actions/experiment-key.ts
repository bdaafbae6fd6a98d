import { createHash, randomUUID } from "node:crypto";
import { printCanonicalJson } from "@ballast/core/scenario";
import type { StartExperiment } from "@ballast/server/experiments";

/** Part of the keys of one command: none, so that the same command finds what it began before, or one of its own. */
export function keySuffix(anew: true | undefined): string {
  return anew === true ? randomUUID() : "";
}

/** The key under which equal input finds the experiment that it began before. */
export function experimentKey(input: StartExperiment, suffix: string): string {
  const digest = createHash("sha256").update(printCanonicalJson(input)).digest("hex");
  return `${input.kind}:${digest}:${suffix}`;
}
