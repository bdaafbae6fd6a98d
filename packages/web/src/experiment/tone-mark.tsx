import type { Tone } from "@ballast/statistics/words";
import { TONE_MEANINGS, TONE_SIGNS } from "./verdict-words.ts";

export function ToneMark({ tone }: { readonly tone: Tone }) {
  return (
    <span class={`tone tone-${tone}`} role="img" aria-label={TONE_MEANINGS[tone]}>
      {TONE_SIGNS[tone]}
    </span>
  );
}
