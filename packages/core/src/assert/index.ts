/** @internal Part of Ballast itself: changes without notice. */

/** Thrown where the program itself is wrong: never caused by input alone. */
export class AssertionFailure extends Error {
  override readonly name = "AssertionFailure";
}

/** Guards what must hold. The message is made only when it is needed, so that a check costs one comparison. */
export function assert(condition: boolean, message: string | (() => string)): asserts condition {
  if (condition) return;
  throw new AssertionFailure(typeof message === "string" ? message : message());
}

/** Closes an exhaustive switch: the compiler refuses a case that is not handled. */
export function unreachable(value: never, what: string): never {
  throw new AssertionFailure(`unhandled ${what}: ${String(value)}`);
}
