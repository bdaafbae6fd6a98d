type Step = { readonly what: string; readonly stop: () => Promise<void> };

/** What must be stopped, in the order in which it was started. */
export class ShutdownList {
  private readonly steps: Step[] = [];
  private running: Promise<void> | undefined;

  /** `what` names the part in the error of a stop that fails. */
  add(what: string, stop: () => Promise<void>): void {
    this.steps.push({ what, stop });
  }

  /** Stops the last started first, each also if one before it failed. Every call waits for the same shutdown. */
  run(): Promise<void> {
    this.running ??= this.stopAll();
    return this.running;
  }

  private async stopAll(): Promise<void> {
    const failures: Error[] = [];
    for (let step = this.steps.pop(); step !== undefined; step = this.steps.pop()) {
      try {
        await step.stop();
      } catch (cause) {
        failures.push(new Error(`stopping ${step.what} failed: ${String(cause)}`, { cause }));
      }
    }
    const [first, ...others] = failures;
    if (first !== undefined && others.length === 0) throw first;
    if (first !== undefined) throw new AggregateError(failures, failures.map(({ message }) => message).join("\n"));
  }
}
