import { BallastError } from "@ballast/core/errors";

/**
 * The whole ids of the runs of a backup that are meant.
 * @param ids of all its runs, the newest first.
 * @param texts whole ids, first letters of them, or `latest`.
 * @throws BallastError RUN_NOT_FOUND; INPUT_INVALID for letters that fit several.
 */
export function chooseRuns(ids: readonly string[], texts: readonly string[]): string[] {
  return texts.map((text) => {
    const found = text === "latest" ? ids.slice(0, 1) : ids.filter((id) => id.startsWith(text.toLowerCase()));
    if (found.length > 1) {
      throw new BallastError(
        "INPUT_INVALID",
        `${JSON.stringify(text)} begins the ids of ${found.length} runs of the backup: give more of it.`,
      );
    }
    if (found[0] !== undefined) return found[0];
    throw new BallastError("RUN_NOT_FOUND", `The backup has no run ${JSON.stringify(text)} among its ${ids.length}.`);
  });
}

export function gatherRun(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}
