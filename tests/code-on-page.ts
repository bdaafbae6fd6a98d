import { readFileSync } from "node:fs";

/** The fenced blocks of that language on a page of the repository, in order. */
export function codeOn(page: string, language: string): string[] {
  const text = readFileSync(new URL(`../${page}`, import.meta.url), "utf8");
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "gm"))].map(([, code]) => code ?? "");
}
