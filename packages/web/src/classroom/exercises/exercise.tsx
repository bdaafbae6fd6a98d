import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Field } from "../../design/field.tsx";
import { Panel } from "../../design/panel.tsx";

type ExerciseProps = {
  readonly title: string;
  readonly question: ComponentChildren;
  /** Of what is typed. */
  readonly label: string;
  /** Whether a text is right. */
  readonly isRight: (text: string) => boolean;
  /** What the answer is, in a sentence, and why. */
  readonly answer: ComponentChildren;
  /** The teacher's reveal of all. */
  readonly isRevealed: boolean;
  /** Is given what takes an answer that was chosen in it. */
  readonly children: (give: (text: string) => void) => ComponentChildren;
};

/** A question that is answered before its answer is revealed. */
export function Exercise({ title, question, label, isRight, answer, isRevealed, children }: ExerciseProps) {
  const [text, setText] = useState("");
  const [checked, setChecked] = useState<string>();
  const [isOpen, setOpen] = useState(false);
  const isShown = isOpen || isRevealed;
  const check = (event: Event): void => {
    event.preventDefault();
    setChecked(text);
  };
  const give = (chosen: string): void => {
    setText(chosen);
    setChecked(chosen);
  };
  return (
    <Panel title={title}>
      <div class="stack-tight">
        <div>{question}</div>
        {children(give)}
        <form class="exercise-answer no-print" onSubmit={check}>
          <Field label={label}>
            <input type="text" autoComplete="off" value={text} onInput={(event) => setText(event.currentTarget.value)} />
          </Field>
          <button class="button button-primary" type="submit" disabled={text.trim() === ""}>
            Check
          </button>
          <button class="button" type="button" aria-expanded={isShown} onClick={() => setOpen(!isOpen)}>
            Reveal
          </button>
          <span role="status">
            {checked === undefined || checked !== text ? "" : isRight(checked) ? "Right." : "Not yet: look again, or reveal."}
          </span>
        </form>
        {isShown ? <div class="exercise-solution stack-tight">{answer}</div> : null}
      </div>
    </Panel>
  );
}
