import { AccessKind } from "../../events/index.ts";
import { LOWER_CASE_BIT } from "./ascii.ts";
import { kindOfLetter, NO_KIND } from "./kind-letter.ts";

const { Instruction, Load, Store, Modify } = AccessKind;

/**
 * What traces write for an access kind besides its letter. The names of cache operations are libCacheSim's, with the
 * kinds that lcs traces have them for; letters behind R and W are those of the block layer (ahead, synchronous, FUA).
 */
const WORDS_BY_KIND = [
  [Instruction, ["instruction", "instr", "ifetch"]],
  [Load, ["load", "ld", "read", "rd", "ra", "rs", "rm", "rsm", "get", "gets", "rest.get.object", "rest.head.object"]],
  [Store, ["store", "st", "write", "wr", "ws", "wa", "wf", "wm", "wsm", "wfs", "put", "insert", "update"]],
  [Store, ["set", "add", "cas", "replace", "append", "prepend", "delete", "rest.put.object", "rest.delete.object"]],
  [Modify, ["modify", "rmw", "incr", "decr"]],
] as const;

interface Word {
  readonly bytes: Uint8Array;
  readonly kind: number;
}

const WORDS: readonly (readonly Word[])[] = wordsByFirstLetter();

/**
 * The access kind that a letter or a word from `start` (included) to `end` (excluded) stands for, upper or lower case;
 * `NO_KIND` for any other: a first letter alone does not tell, as in `REST.PUT.OBJECT`, `prefetch` or `miss`.
 */
export function kindOfWord(bytes: Uint8Array, start: number, end: number): number {
  if (end - start === 1) return kindOfLetter(bytes[start]);
  if (end <= start) return NO_KIND;
  const candidates = WORDS[bytes[start] | LOWER_CASE_BIT];
  for (let i = 0; i < candidates.length; i += 1) {
    if (isWord(bytes, start, end, candidates[i].bytes)) return candidates[i].kind;
  }
  return NO_KIND;
}

function isWord(bytes: Uint8Array, start: number, end: number, word: Uint8Array): boolean {
  if (word.length !== end - start) return false;
  for (let i = 0; i < word.length; i += 1) if ((bytes[start + i] | LOWER_CASE_BIT) !== word[i]) return false;
  return true;
}

function wordsByFirstLetter(): Word[][] {
  const words: Word[][] = Array.from({ length: 256 }, () => []);
  for (const [kind, names] of WORDS_BY_KIND) {
    for (const name of names) {
      const bytes = Uint8Array.from(name, (character) => character.charCodeAt(0));
      words[bytes[0]].push({ bytes, kind });
    }
  }
  return words;
}
