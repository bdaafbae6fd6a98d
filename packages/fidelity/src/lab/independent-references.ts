/** What is known of misses when references are independent: page i is the next one with probability p[i]. */
export type Probabilities = readonly number[];

/** Probabilities in proportion to rank^-exponent. */
export function zipfProbabilities(pages: number, exponent: number): Probabilities {
  const weights = Array.from({ length: pages }, (_, index) => (index + 1) ** -exponent);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/**
 * Miss ratio of LRU by the approximation of H. Che, Y. Tung, Z. Wang, IEEE JSAC 20 (2002): a page is there if it was
 * referenced within a time that is the same for all pages and fills the frames.
 */
export function lruMissRatio(probabilities: Probabilities, frames: number): number {
  const present = (probability: number, time: number): number => 1 - Math.exp(-probability * time);
  const time = solveTime((at) => probabilities.reduce((sum, probability) => sum + present(probability, at), 0), frames);
  return probabilities.reduce((sum, probability) => sum + probability * (1 - present(probability, time)), 0);
}

/** Miss ratio of FIFO, and of random replacement, by the same approximation: a page stays for that time whatever is referenced. */
export function fifoMissRatio(probabilities: Probabilities, frames: number): number {
  const present = (probability: number, time: number): number => (probability * time) / (1 + probability * time);
  const time = solveTime((at) => probabilities.reduce((sum, probability) => sum + present(probability, at), 0), frames);
  return probabilities.reduce((sum, probability) => sum + probability * (1 - present(probability, time)), 0);
}

const HALVINGS = 100;

/** The time at which a growing expected number of pages fills the frames. */
function solveTime(expectedPages: (time: number) => number, frames: number): number {
  let high = 1;
  while (expectedPages(high) < frames) high *= 2;
  return bisect((time) => expectedPages(time) < frames, high);
}

/** The bound, from 0 to `high`, up to which something is true. */
export function bisect(isBelow: (value: number) => boolean, high: number): number {
  let [low, top] = [0, high];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + top) / 2;
    if (isBelow(middle)) low = middle;
    else top = middle;
  }
  return low;
}
