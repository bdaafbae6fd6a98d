/** A stream of bytes, some of whose first bytes are known already. */
export type PeekedBytes = {
  /** As many bytes as were asked for; fewer only if there are no more. */
  readonly head: Uint8Array;
  /** All bytes, those of the head included. */
  readonly all: AsyncGenerator<Uint8Array>;
};

/** Looks at the first bytes of a stream without taking them out of it. */
export async function peekBytes(pieces: AsyncIterable<Uint8Array>, count: number): Promise<PeekedBytes> {
  const iterator = pieces[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let length = 0;
  while (length < count) {
    const next = await iterator.next();
    if (next.done === true) break;
    seen.push(next.value);
    length += next.value.length;
  }
  return { head: Buffer.concat(seen).subarray(0, count), all: resume(seen, iterator) };
}

async function* resume(seen: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* seen;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
