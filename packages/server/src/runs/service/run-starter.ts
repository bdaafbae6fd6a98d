import { randomUUID } from "node:crypto";
import { BallastError } from "@ballast/core/errors";
import type { Pool } from "pg";
import { inTransaction } from "../../database/index.ts";
import { DEFAULT_POLICY_LIMITS } from "../../installed-policies/index.ts";
import type { RunQueue } from "../queue/run-queue.ts";
import type { StartRun } from "../run-service.ts";
import { takesNoCommands } from "../store/inbox.ts";
import { createOnce } from "../store/idempotency.ts";
import { insertRun } from "../store/new-run.ts";
import type { FindPolicy } from "../worker/kernel-input.ts";
import { checkScenario, choosePolicy, type RunLimits, withSeed } from "./prepare-run.ts";

/** Checks what is to be executed and queues it, whole or not at all. */
export class RunStarter {
  readonly #pool: Pool;
  readonly #queue: RunQueue;
  readonly #findPolicy: FindPolicy;
  readonly #limits: RunLimits;

  constructor(pool: Pool, queue: RunQueue, findPolicy: FindPolicy, limits: RunLimits = { policyLimits: DEFAULT_POLICY_LIMITS }) {
    this.#pool = pool;
    this.#queue = queue;
    this.#findPolicy = findPolicy;
    this.#limits = limits;
  }

  /** @returns the run's id. */
  async startRun(input: StartRun): Promise<string> {
    const { idempotencyKey } = input;
    const scenario = withSeed(input.scenario, input.seed);
    const chosen = choosePolicy(this.#findPolicy, scenario, { ...input, name: input.policy });
    const [memoryBytes = 0] = await checkScenario(this.#pool, scenario, [chosen], this.#limits);
    const { policy, parameters } = chosen;
    const isPaused = input.paused ?? false;
    const id = randomUUID();
    const keeps = input.keep ?? "events";
    const label = checkLabel(input.label);
    if (isPaused && keeps === "figures") throw takesNoCommands();
    // Keys of earlier versions stand for runs that keep events and have no label.
    const later = { ...(keeps === "events" ? {} : { keeps }), ...(label === null ? {} : { label }) };
    const wanted = { kind: "run", scenario, policy: policy.name, parameters, isPaused, ...later };
    return await inTransaction(this.#pool, async (client) => {
      return await createOnce(client, idempotencyKey, wanted, id, async () => {
        const { name: policyName, version: policyVersion } = policy;
        await insertRun(this.#pool, this.#queue, client, {
          id,
          scenario,
          policyName,
          policyVersion,
          parameters,
          isPaused,
          keeps,
          label,
          memoryBytes,
          experiment: null,
        });
      });
    });
  }
}

const MAX_LABEL_CHARACTERS = 40;

/** @throws BallastError INPUT_INVALID. */
function checkLabel(label: string | undefined): string | null {
  if (label === undefined) return null;
  if (label.trim() === label && label !== "" && label.length <= MAX_LABEL_CHARACTERS) return label;
  throw new BallastError(
    "INPUT_INVALID",
    `A label has 1 to ${MAX_LABEL_CHARACTERS} characters, without spaces around them, not ${JSON.stringify(label)}; leave it out to have none.`,
  );
}
