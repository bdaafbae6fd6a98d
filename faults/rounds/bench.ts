import { join } from "node:path";
import type { Cluster } from "../actors/cluster.ts";
import type { Scratch } from "../actors/scratch.ts";
import { ServerProcess } from "../actors/server-process.ts";
import type { Figures } from "../figures/figures.ts";
import type { Reference } from "../judge/reference.ts";
import type { Column } from "../judge/stored-parts.ts";

/** What all rounds of a simulation share. */
export type Bench = {
  readonly seed: number;
  readonly scratch: Scratch;
  readonly cluster: Cluster;
  /** Postgres on a file system that may be filled, where there is one. */
  readonly smallDisk: { readonly cluster: Cluster; readonly folder: string } | undefined;
  readonly reference: Reference;
  readonly columns: ReadonlyMap<string, readonly Column[]>;
  readonly figures: Figures;
  /** Files of policies that break their rules, which every server is given. */
  readonly policyFiles: readonly string[];
  /** Wall time (`performance.now`) after which no further fault is begun. */
  readonly untilMs: number;
  readonly say: (line: string) => void;
};

/** In the harness's clusters: the completed undisturbed runs and the traces that Ballast brings; copied for every round. */
export const BASE = "base";

/** Checkpoints come often, so that kills meet runs that have some. Policies that misbehave are not waited for as long as by default. */
const SETTINGS = { BALLAST_CHECKPOINT_MS: "250", PORT: "0", BALLAST_POLICY_CALL_MS: "2000", BALLAST_POLICY_MEMORY: "192 MiB" };

/** Kept from one simulation to the next: a server then starts with less than half of the work. */
export const COMPILED = join(import.meta.dirname, "../../node_modules/.cache/ballast-faults");

export type ServerPlace = { readonly databaseUrl: string } | { readonly dataFolder: string };

/** A server that is not started yet. `clockFile`: holds by how many ms its clock is wrong. */
export function newServer(
  scratch: Scratch,
  place: ServerPlace,
  options: { policyFiles?: readonly string[]; clockFile?: string } = {},
): ServerProcess {
  const { policyFiles = [], clockFile } = options;
  return new ServerProcess({
    folder: scratch.folder,
    environment: {
      ...SETTINGS,
      TMPDIR: scratch.temporary,
      NODE_COMPILE_CACHE: COMPILED,
      ...("databaseUrl" in place ? { DATABASE_URL: place.databaseUrl } : { BALLAST_DATA_FOLDER: place.dataFolder }),
      ...(policyFiles.length === 0 ? {} : { BALLAST_POLICIES: policyFiles.join(",") }),
      ...(clockFile === undefined ? {} : { BALLAST_FAULTS_CLOCK: clockFile }),
    },
  });
}
