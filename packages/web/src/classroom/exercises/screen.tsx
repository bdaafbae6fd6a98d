import { hrefWith, parameter } from "../../address/address.ts";
import { useAnswer } from "../../api/use-answer.ts";
import "../classroom.css";
import { Algorithms } from "../grid.generated.ts";
import { CountExercise } from "./count-exercise.tsx";
import "./exercises.css";
import { TranslationExercise } from "./translation-exercise.tsx";
import { VictimExercise } from "./victim-exercise.tsx";

const seedText = parameter("seed");
const reveal = parameter("reveal");

/** Exercises of a seed: whoever opens the same address is asked the same. */
export function Screen() {
  const algorithms = useAnswer(Algorithms, {}, { isImmutable: true });
  const titleOf = (name: string): string => algorithms.data?.replacementAlgorithms.find((each) => each.name === name)?.title ?? name;
  const seed = /^\d{1,9}$/.test(seedText.value ?? "") ? Number(seedText.value) : 1;
  const isRevealed = reveal.value === "1";
  return (
    <div class="stack">
      <div class="row row-apart">
        <div class="stack-tight">
          <h1>Exercises, seed {seed}</h1>
          <p class="soft">The same seed asks everybody the same questions. Answer first, then reveal.</p>
        </div>
        <div class="row no-print">
          {seed === 0 ? null : (
            <a class="button" href={hrefWith({ seed: String(seed - 1), reveal: undefined })}>
              Seed {seed - 1}
            </a>
          )}
          <a class="button button-primary" href={hrefWith({ seed: String(seed + 1), reveal: undefined })}>
            Next: seed {seed + 1}
          </a>
          <a class="button" href={hrefWith({ reveal: isRevealed ? undefined : "1" })}>
            {isRevealed ? "Hide the answers" : "Reveal all answers"}
          </a>
        </div>
      </div>
      <div class="stack" key={seed}>
        <CountExercise seed={seed} isRevealed={isRevealed} titleOf={titleOf} />
        <VictimExercise seed={seed} isRevealed={isRevealed} titleOf={titleOf} />
        <TranslationExercise seed={seed} isRevealed={isRevealed} />
      </div>
    </div>
  );
}
