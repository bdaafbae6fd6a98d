import { MAX_LOOKAHEAD_ACCESSES } from "../reading/limits.ts";
import { formatCount } from "../reading/scalars.ts";
import type { LengthSources, Workload } from "../workload/index.ts";
import { countWorkloadAccesses } from "../workload/index.ts";
import type { Replacement } from "./replacement-algorithms.ts";

type Guest = {
  readonly replacement: Replacement;
  readonly processes: readonly { readonly name: string; readonly workload: Workload }[];
  readonly files: readonly unknown[];
};

/** Why a guest under opt cannot know its accesses beforehand, as a sentence's end; undefined if it can, or is under another replacement. */
export function findUnknownAccesses({ replacement, processes, files }: Guest, traces: LengthSources["traces"]): string | undefined {
  if (replacement !== "opt") return undefined;
  const needs = (told: string): string => `is opt, which must know every access beforehand: ${told}; or take another replacement`;
  if (processes.length !== 1) return needs(`give the VM one process, not ${formatCount(processes.length)}`);
  if (files.length > 0) return needs("give the VM no files");
  const [{ name, workload }] = processes;
  const accesses = countWorkloadAccesses(workload, { traces, files: [] });
  if (accesses === null) return needs(`process "${name}" waits for commands, give it a workload that ends`);
  if (accesses <= MAX_LOOKAHEAD_ACCESSES) return undefined;
  return needs(`process "${name}" makes ${formatCount(accesses)} accesses, let it make at most ${formatCount(MAX_LOOKAHEAD_ACCESSES)}`);
}
