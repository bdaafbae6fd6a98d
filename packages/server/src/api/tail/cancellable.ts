/**
 * Makes the source of a subscription: `return` aborts what the generator waits for, because a generator alone takes a
 * `return` only after its next step, which may be hours away. What the parent aborts with, such as that the server closes,
 * is thrown: the client is told.
 */
export function cancellable<Item>(
  parent: AbortSignal,
  start: (signal: AbortSignal) => AsyncGenerator<Item, void, void>,
): AsyncIterableIterator<Item> {
  const controller = new AbortController();
  let isReturned = false;
  const follow = (): void => controller.abort(parent.reason);
  if (parent.aborted) follow();
  else parent.addEventListener("abort", follow, { once: true });
  const items = start(controller.signal);
  const end = (): IteratorReturnResult<undefined> => {
    parent.removeEventListener("abort", follow);
    return { done: true, value: undefined };
  };
  const source: AsyncIterableIterator<Item> = {
    [Symbol.asyncIterator]: () => source,
    next: async () => {
      try {
        const step = await items.next();
        return step.done === true ? end() : step;
      } catch (error) {
        end();
        if (isReturned) return { done: true, value: undefined };
        throw error;
      }
    },
    return: async () => {
      isReturned = true;
      controller.abort();
      await items.return().catch(() => undefined);
      return end();
    },
  };
  return source;
}
