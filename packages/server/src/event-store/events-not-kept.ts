import { BallastError } from "@ballast/core/errors";

/** `id`: of a run that keeps only its figures. */
export function eventsNotKept(id: string): BallastError {
  return new BallastError(
    "EVENTS_NOT_KEPT",
    `Run ${id} keeps only its figures: its events were not stored. \`ballast run --again ${id}\` makes them, as a run of its own with the same digest.`,
  );
}

/** @throws BallastError EVENTS_NOT_KEPT. */
export function requireEvents({ figuresOnly }: { readonly figuresOnly: string | null }): void {
  if (figuresOnly !== null) throw eventsNotKept(figuresOnly);
}
