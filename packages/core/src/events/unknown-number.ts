import { BallastError } from "../errors/index.ts";

/** A number that stands for something that this version does not know: a newer version wrote it, or it is damaged. */
export class UnknownNumber extends BallastError {
  /** `what` it is: "the cause of a trap". */
  constructor(number: number, what: string) {
    super(
      "HISTORY_DAMAGED",
      `The history has ${number} as ${what}, which this version of Ballast does not know: a newer version wrote it, or it is ` +
        "damaged. Read it with the version that wrote it; `ballast verify` shows whether it is damaged.",
    );
  }
}
