import { BallastError } from "@ballast/core/errors";
import type { EventBatch } from "@ballast/core/events";
import type { Kernel } from "@ballast/core/kernel";
import { TickBudget } from "./tick-budget.ts";
import type { RecordedCommand } from "./recorded-commands.ts";

/** Events asked of the kernel in one call; an action that exceeds it still fits one commit, as a rule. */
export const BATCH_EVENTS = 61_440;

/**
 * Executes again what a run did up to a position, its recorded commands given at the same points. The last batch may go
 * beyond the position, since an action makes all of its events; where accesses hit for long, batches are empty. Returns the error with which the kernel failed the run.
 * @throws BallastError RUN_DIVERGED with the position where the history cannot be followed.
 */
export function* reexecute(
  kernel: Kernel,
  commands: readonly RecordedCommand[],
  until: number,
): Generator<EventBatch, BallastError | undefined, void> {
  const tickBudget = new TickBudget();
  let failure: BallastError | undefined;
  /** Whether work was done that its caller is to hear of, without an event. */
  let isLong = false;
  for (let next = 0; ;) {
    if (kernel.pendingEvents > 0 || isLong) yield kernel.takeBatch();
    const { position } = kernel.machine;
    const command = commands[next];
    if (command === undefined ? position >= until : position === command.position - 1 && kernel.actions === command.action) {
      if (command === undefined) return failure;
      isLong = false;
      failure = giveAgain(kernel, command);
      next++;
      continue;
    }
    if (failure !== undefined || kernel.status !== "running" || isBeyond(kernel, command)) throw diverged(kernel, command, until);
    isLong = true;
    failure = advance(kernel, tickBudget, command, (command === undefined ? until : command.position - 1) - position);
  }
}

function isBeyond(kernel: Kernel, command: RecordedCommand | undefined): boolean {
  return command !== undefined && (kernel.machine.position >= command.position || kernel.actions >= command.action);
}

function advance(
  kernel: Kernel,
  tickBudget: TickBudget,
  command: RecordedCommand | undefined,
  eventsLeft: number,
): BallastError | undefined {
  const startedMs = performance.now();
  const before = kernel.actions;
  const actionsLeft = command === undefined ? Infinity : command.action - before;
  try {
    kernel.advance(Math.max(1, Math.min(BATCH_EVENTS, eventsLeft)), Math.min(tickBudget.actions, actionsLeft));
  } catch (error) {
    if (error instanceof BallastError) return error;
    throw error;
  }
  tickBudget.measure(kernel.actions - before, performance.now() - startedMs);
  return undefined;
}

/** A policy that is asked because of a command may fail the run; the command itself was accepted then. */
function giveAgain(kernel: Kernel, { command, recorded, position }: RecordedCommand): BallastError | undefined {
  try {
    return kernel.command(command, recorded).failure;
  } catch (error) {
    if (!(error instanceof BallastError)) throw error;
    const which = `The command "${command.kind}" at position ${position}`;
    const text = `${which} was accepted then and is refused now: ${error.message}`;
    throw new BallastError("RUN_DIVERGED", text, { cause: error });
  }
}

function diverged(kernel: Kernel, command: RecordedCommand | undefined, until: number): BallastError {
  const { position } = kernel.machine;
  const expected =
    command === undefined
      ? `the history continues to position ${until}`
      : `a command comes after ${command.action} actions, at position ${command.position}`;
  return new BallastError(
    "RUN_DIVERGED",
    `The re-execution is ${kernel.status} at position ${position} after ${kernel.actions} actions, but ${expected}. ` +
      "The run was made by another version of Ballast or of its policy.",
  );
}
