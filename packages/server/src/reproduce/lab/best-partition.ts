/**
 * The division of frames among guests with the fewest misses in all, by dynamic programming over guests.
 * `misses[guest][pages]`: misses of a guest with so many pages, from 0 to `frames`.
 */
export function bestPartition(misses: readonly (readonly number[])[], frames: number): { pages: number[]; misses: number } {
  let fewest = new Array<number>(frames + 1).fill(0);
  const choices: number[][] = [];
  for (const own of misses) {
    const next = new Array<number>(frames + 1).fill(Infinity);
    const choice = new Array<number>(frames + 1).fill(0);
    for (let total = 0; total <= frames; total++) {
      for (let pages = 0; pages <= total; pages++) {
        const sum = (fewest[total - pages] ?? Infinity) + (own[pages] ?? Infinity);
        if (sum >= (next[total] ?? Infinity)) continue;
        next[total] = sum;
        choice[total] = pages;
      }
    }
    fewest = next;
    choices.push(choice);
  }
  return { pages: choose(choices, frames), misses: fewest[frames] ?? Infinity };
}

/** Follows the choices back from all frames. */
function choose(choices: readonly (readonly number[])[], frames: number): number[] {
  let left = frames;
  return choices.toReversed().map((choice) => {
    const pages = choice[left] ?? 0;
    left -= pages;
    return pages;
  }).toReversed();
}
