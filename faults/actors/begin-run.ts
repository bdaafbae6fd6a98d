import { setTimeout as sleep } from "node:timers/promises";
import type { RunSpec } from "../plan/run-specs.ts";
import { ask } from "./api.ts";
import type { Site } from "./site.ts";

const START_RUN = `mutation ($input: StartRunInput!) {
  startRun(input: $input) { ... on RunPayload { run { id logId } } ... on Error { code message } }
}`;

export type BegunRun = { readonly id: string; readonly logId: number; readonly spec: RunSpec; readonly isMisbehaving: boolean };

const RETRY_MS = 100;
const PATIENCE_MS = 120_000;

/** Asks until a server has taken it; the key has all of these requests begin one run. @throws Error with a refusal. */
export async function beginRun(site: Pick<Site, "servers">, spec: RunSpec, key: string, isMisbehaving = false): Promise<BegunRun> {
  const { scenario, policy, parameters, seed } = spec;
  const input = {
    scenario: { json: scenario },
    policy,
    seed: String(seed),
    fromDefaults: true,
    idempotencyKey: key,
    ...(parameters === undefined ? {} : { parameters }),
  };
  const deadline = performance.now() + PATIENCE_MS;
  for (let attempt = 0; ; attempt++) {
    const reply = await ask(site.servers[attempt % site.servers.length]?.url, START_RUN, { input });
    const begun = reply.status === 200 ? outcomeOf(reply.text) : undefined;
    if (begun !== undefined && "run" in begun) return { id: begun.run.id, logId: Number(begun.run.logId), spec, isMisbehaving };
    const isPassing = reply.status === 0 || /DATABASE_|SERVER_CLOSING|TIMED_OUT/.test(reply.text);
    if (!isPassing || performance.now() > deadline) throw new Error(`a run was not begun: ${reply.status} ${reply.text}`);
    await sleep(RETRY_MS);
  }
}

type Outcome = { readonly run: { readonly id: string; readonly logId: string } } | { readonly code: string; readonly message: string };

function outcomeOf(text: string): Outcome | undefined {
  return (JSON.parse(text) as { data?: { startRun?: Outcome } | null }).data?.startRun;
}
