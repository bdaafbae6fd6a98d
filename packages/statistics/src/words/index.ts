/** Words of comparisons for terminals, reports and the page, which loads nothing else of this package. */
export { seedsText } from "./seeds-text.ts";
export { type Tone, TONES, VERDICT_WORDS } from "./verdict-words.ts";
