/**
 * A listener of which nothing escapes, neither by a throw nor by a rejected promise: what is thrown inside of an event's
 * listener would end the process. `onThrown` gets it, with what the event brought, and must not throw.
 */
export function contain<Values extends readonly unknown[]>(
  listener: (...values: Values) => void | Promise<void>,
  onThrown: (error: unknown, ...values: Values) => void,
): (...values: Values) => void {
  return (...values) => {
    try {
      const done = listener(...values);
      if (done instanceof Promise) done.catch((error: unknown) => onThrown(error, ...values));
    } catch (error) {
      onThrown(error, ...values);
    }
  };
}
