import { pagePath } from "../page-paths.ts";
import "./classroom.css";
import { BELADY } from "./replacement/asked-grids.ts";
import { TOURS } from "./tours/all-tours.ts";

type Lesson = { readonly href: string; readonly title: string; readonly about: string };

const PRACTICE: readonly Lesson[] = [
  {
    href: pagePath("replacement", {}),
    title: "Page replacement",
    about:
      "Type a reference string, choose frames and algorithms, and step through the textbook's grid, or predict each step before it is shown.",
  },
  {
    href: `${pagePath("replacement", {})}?${new URLSearchParams(BELADY)}`,
    title: "Belady's anomaly",
    about: "A string that has 9 faults with three frames and 10 with four, under first in, first out.",
  },
  {
    href: `${pagePath("exercises", {})}?seed=1`,
    title: "Exercises",
    about:
      "Count faults, choose victims, translate addresses. A seed gives a whole class the same questions; answers are revealed afterwards.",
  },
];

/** What there is for lectures and exercises. */
export function Screen() {
  return (
    <div class="stack">
      <div class="stack-tight">
        <h1>Classroom</h1>
        <p class="soft">
          What lectures on virtual memory draw on the board, on the events of real runs. Every step has an address to hand out.
        </p>
      </div>
      <Lessons
        title="Guided tours"
        lessons={TOURS.map(({ name, title, summary }) => ({ href: pagePath("tour", { tour: name }), title, about: summary }))}
      />
      <Lessons title="Practice" lessons={PRACTICE} />
    </div>
  );
}

function Lessons({ title, lessons }: { readonly title: string; readonly lessons: readonly Lesson[] }) {
  return (
    <section class="stack-tight" aria-label={title}>
      <h2>{title}</h2>
      <ul class="lessons">
        {lessons.map(({ href, title: name, about }) => (
          <li key={href}>
            <a href={href}>
              <strong>{name}</strong>
              <span>{about}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
