/** Moves blocks into one shared buffer, so that a trace handed to worker threads is not copied for each. */
export function shareBlocks(blocks: readonly Uint8Array[]): Uint8Array[] {
  const length = blocks.reduce((sum, block) => sum + block.length, 0);
  const shared = new SharedArrayBuffer(length);
  let offset = 0;
  return blocks.map((block) => {
    const view = new Uint8Array(shared, offset, block.length);
    view.set(block);
    offset += block.length;
    return view;
  });
}
