import { useState } from "preact/hooks";
import { isRight, NO_ENTRY, type Question } from "./stages.ts";

type PredictProps = {
  readonly question: Question | undefined;
  readonly score: string;
  /** The answer; undefined before there is one. */
  readonly given: string | undefined;
  readonly onAnswer: (text: string) => void;
  readonly onContinue: () => void;
};

/** Asks what the next step will find, says whether that was right, and then leads on. */
export function Predict({ question, score, given, onAnswer, onContinue }: PredictProps) {
  return (
    <section class="panel predict" aria-label="Your prediction">
      <p>
        <strong>{question?.words ?? "The next step follows from this one."}</strong> <span class="soft">{score}</span>
      </p>
      {question === undefined ? null : given === undefined ? (
        <Choices question={question} onAnswer={onAnswer} />
      ) : (
        <p role="status" class={isRight(question, given) ? "predict-right" : "predict-wrong"}>
          {isRight(question, given) ? `Right: ${question.answer}.` : `Not ${given === "" ? "that" : given}: it is ${question.answer}.`}
        </p>
      )}
      {question === undefined || given !== undefined ? (
        <button class="button button-primary" type="button" ref={(button) => button?.focus()} onClick={onContinue}>
          Show the step
        </button>
      ) : null}
    </section>
  );
}

function Choices({ question: { choices }, onAnswer }: { readonly question: Question; readonly onAnswer: (text: string) => void }) {
  const [typed, setTyped] = useState("");
  if (choices.length > 0) {
    return (
      <div class="row">
        {choices.map((choice) => (
          <button key={choice} class="button" type="button" onClick={() => onAnswer(choice)}>
            {choice}
          </button>
        ))}
      </div>
    );
  }
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        onAnswer(typed);
      }}
    >
      <span class="soft">Click the entry in the table below, or:</span>
      <label class="row">
        <span class="soft">Number</span>
        <input
          class="predict-number"
          inputMode="numeric"
          required
          pattern="\d+"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <button class="button button-primary" type="submit">
        Answer
      </button>
      <button class="button" type="button" onClick={() => onAnswer(NO_ENTRY)}>
        It has no entry
      </button>
    </form>
  );
}
