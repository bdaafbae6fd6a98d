import { useEffect, useState } from "preact/hooks";
import { ask, requirePayload } from "../../api/ask.ts";
import { keyOfRun, startOrFind } from "../classroom-run.ts";
import { StartTour, TourScenario } from "./tours.generated.ts";

/** Runs that this page has asked for, by scenario. */
const asked = new Map<string, Promise<string>>();

/**
 * The run of a bundled scenario that a tour shows: one for each content of the scenario, whoever takes the tour, because
 * the same idempotency key gives the same run.
 */
export function useTourRun(scenario: string): { readonly run: string | undefined; readonly error: unknown } {
  const [known, setKnown] = useState<{ readonly scenario: string; readonly run?: string; readonly error?: unknown }>({ scenario });
  useEffect(() => {
    let isWanted = true;
    runOf(scenario).then(
      (run) => (isWanted ? setKnown({ scenario, run }) : undefined),
      (error: unknown) => (isWanted ? setKnown({ scenario, error }) : undefined),
    );
    return () => {
      isWanted = false;
    };
  }, [scenario]);
  return known.scenario === scenario ? { run: known.run, error: known.error } : { run: undefined, error: undefined };
}

async function runOf(scenario: string): Promise<string> {
  const known = asked.get(scenario);
  if (known !== undefined) return await known;
  const run = start(scenario);
  asked.set(scenario, run);
  // A failure is not kept: the next visit asks again.
  run.catch(() => asked.delete(scenario));
  return await run;
}

async function start(scenario: string): Promise<string> {
  const { scenario: found } = await ask(TourScenario, { name: scenario });
  return await startOrFind("tour", scenario, async () => {
    const { outcome } = await ask(StartTour, { scenario, idempotencyKey: keyOfRun("tour", found?.json) });
    return requirePayload(outcome).run.id;
  });
}
