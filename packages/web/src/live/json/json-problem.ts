/** What is wrong with a text that ought to be JSON, with line and column; undefined: nothing. */
export function jsonProblem(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    const { line, column } = placeIn(text, endOfValidPart(text));
    return `line ${line}, column ${column}: ${whatIsThere(text, endOfValidPart(text))}`;
  }
}

/** Lines and columns count from 1. */
export function placeIn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function whatIsThere(text: string, offset: number): string {
  if (offset >= text.length) return "the text ends before the JSON does";
  return `${JSON.stringify(text.charAt(offset))} cannot stand here`;
}

/**
 * How much of a text could be the beginning of JSON. Browsers word their errors differently and some leave the place out,
 * so that it is looked for here.
 */
export function endOfValidPart(text: string): number {
  const scanner = new Scanner(text);
  scanner.scan();
  return scanner.offset;
}

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const PART_OF_STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

/** Reads on until the text cannot be JSON any more. */
class Scanner {
  offset = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): boolean {
    return this.#value() && this.offset >= this.#text.length;
  }

  #value(): boolean {
    this.#take(SPACE);
    const isRead = this.#valueItself();
    if (isRead) this.#take(SPACE);
    return isRead;
  }

  #valueItself(): boolean {
    const first = this.#text.charAt(this.offset);
    if (first === "{") return this.#list("}", () => this.#entry());
    if (first === "[") return this.#list("]", () => this.#value());
    if (first === '"') return this.#string();
    return this.#take(WORD) || this.#take(NUMBER);
  }

  #entry(): boolean {
    this.#take(SPACE);
    if (!this.#string()) return false;
    this.#take(SPACE);
    return this.#character(":") && this.#value();
  }

  #string(): boolean {
    if (this.#take(STRING)) return true;
    this.#take(PART_OF_STRING);
    return false;
  }

  /** From its opening bracket to its closing one. */
  #list(end: string, item: () => boolean): boolean {
    this.offset += 1;
    this.#take(SPACE);
    if (this.#character(end)) return true;
    for (;;) {
      if (!item()) return false;
      this.#take(SPACE);
      if (this.#character(end)) return true;
      if (!this.#character(",")) return false;
    }
  }

  #character(expected: string): boolean {
    if (this.#text.charAt(this.offset) !== expected) return false;
    this.offset += 1;
    return true;
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.offset;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) return false;
    this.offset += found.length;
    return true;
  }
}
