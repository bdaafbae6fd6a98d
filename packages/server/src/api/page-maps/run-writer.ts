import { ByteWriter } from "./byte-writer.ts";

/**
 * Runs of changed cells of one space, by ascending page. Each is `2 * gap + (1 if it has several pages)`, where the gap counts the
 * pages since the run before; the exclusive-or of old and new value; of several pages their number less 2.
 */
export class RunWriter {
  readonly #runs = new ByteWriter();
  #count = 0;
  #end = 0;
  #first = 0;
  #pages = 0;
  #xor = 0;

  /** Pages that follow the last ones and change by the same join their run. */
  add(page: number, pages: number, xor: number): void {
    if (this.#pages > 0 && xor === this.#xor && page === this.#first + this.#pages) {
      this.#pages += pages;
      return;
    }
    this.#flush();
    this.#first = page;
    this.#pages = pages;
    this.#xor = xor;
  }

  /** Appends the number of runs and the runs, and is empty again. */
  finish(to: ByteWriter): void {
    this.#flush();
    to.number(this.#count);
    to.append(this.#runs.written);
    this.#runs.clear();
    this.#count = 0;
    this.#end = 0;
    this.#pages = 0;
  }

  #flush(): void {
    if (this.#pages === 0) return;
    this.#runs.number(2 * (this.#first - this.#end) + (this.#pages > 1 ? 1 : 0));
    this.#runs.number(this.#xor);
    if (this.#pages > 1) this.#runs.number(this.#pages - 2);
    this.#end = this.#first + this.#pages;
    this.#count++;
  }
}
