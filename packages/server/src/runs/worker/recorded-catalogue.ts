import { BallastError } from "@ballast/core/errors";
import { CATALOGUE_VERSION, EventCode } from "@ballast/core/events";
import type { Pool } from "pg";
import { eventAt, type RunHead } from "../../event-store/index.ts";

/**
 * A history of another version of the event catalogue can be read, but the kernel of today does not make its events.
 * @throws BallastError RUN_DIVERGED
 */
export async function requireSameCatalogue(pool: Pool, { run, position }: RunHead): Promise<void> {
  if (position === 0) return;
  const first = await eventAt(pool, run, 1);
  const [type, version] = [first.types[0], first.c[0]];
  if (type !== EventCode.RunStarted || version === CATALOGUE_VERSION) return;
  throw new BallastError(
    "RUN_DIVERGED",
    `The run was recorded with version ${version} of the event catalogue, and this Ballast makes events of version ${CATALOGUE_VERSION}: ` +
      "it can be shown, queried and compared, but not resumed, nor verified by executing it again. Run its scenario anew for that.",
  );
}
