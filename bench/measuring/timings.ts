import { percentileOf, printRow, type Quantities } from "./report.ts";

/** Times of some work that is done again and again, wall and of the process's processors, in ms. */
export class Timings {
  readonly #wall: number[] = [];
  readonly #processor: number[] = [];

  async measure<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    const before = process.cpuUsage();
    const start = performance.now();
    const result = await work();
    this.#wall.push(performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    this.#processor.push((user + system) / 1_000);
    return result;
  }

  print(what: string, more: Quantities = {}): void {
    printRow(what, {
      "wall p50": [percentileOf(this.#wall, 0.5), "ms"],
      "wall p99": [percentileOf(this.#wall, 0.99), "ms"],
      "processor p50": [percentileOf(this.#processor, 0.5), "ms"],
      "processor p99": [percentileOf(this.#processor, 0.99), "ms"],
      ...more,
    });
  }
}
