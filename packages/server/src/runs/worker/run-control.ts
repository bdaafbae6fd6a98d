import type { Command } from "@ballast/core/kernel";

/**
 * Whether a run is to continue, by the commands of its history and by its head: nothing else is remembered, so that a
 * run that was killed while it was paused is paused when it is taken up again.
 */
export class RunControl {
  #isPaused = false;
  #pauseAtPosition = Infinity;
  #isStopped = false;

  get isPaused(): boolean {
    return this.#isPaused;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** The position at which the run pauses by itself; Infinity if it does not. */
  get pauseAtPosition(): number {
    return this.#pauseAtPosition;
  }

  /** `position` is that of the command's event. */
  accept(command: Command, position: number): void {
    switch (command.kind) {
      case "pause":
        this.#isPaused = true;
        this.#pauseAtPosition = Infinity;
        return;
      case "resume":
        this.#isPaused = false;
        this.#pauseAtPosition = Infinity;
        return;
      case "step":
        this.#isPaused = false;
        this.#pauseAtPosition = position + command.events;
        return;
      case "stop":
        this.#isStopped = true;
        return;
      default:
        return;
    }
  }

  /** The run has come to this position. */
  reach(position: number): void {
    if (position < this.#pauseAtPosition) return;
    this.#isPaused = true;
    this.#pauseAtPosition = Infinity;
  }

  save(): readonly [boolean, number, boolean] {
    return [this.#isPaused, this.#pauseAtPosition, this.#isStopped];
  }

  static restore([isPaused, pauseAtPosition, isStopped]: readonly [boolean, number, boolean]): RunControl {
    const control = new RunControl();
    control.#isPaused = isPaused;
    control.#pauseAtPosition = pauseAtPosition;
    control.#isStopped = isStopped;
    return control;
  }
}
