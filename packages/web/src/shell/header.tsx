import { pageMatch } from "../address/address.ts";
import { graphiql } from "../api/server-facts.ts";
import { type PageName, pagePath } from "../page-paths.ts";
import { Mark } from "./mark.tsx";

type Section = { readonly href: string; readonly name: string; readonly pages: readonly PageName[] };

const SECTIONS: readonly Section[] = [
  { href: pagePath("runs", {}), name: "Runs", pages: ["runs", "map", "why", "translate", "log"] },
  { href: pagePath("experiments", {}), name: "Experiments", pages: ["experiments", "experiment", "sideBySide"] },
  { href: pagePath("curves", {}), name: "Curves", pages: ["curves"] },
  { href: pagePath("live", {}), name: "New run", pages: ["live"] },
  { href: pagePath("classroom", {}), name: "Classroom", pages: ["classroom", "replacement", "exercises", "tour"] },
];

export function Header() {
  const page = pageMatch.value?.page;
  return (
    <header class="shell-head">
      <a class="shell-skip button" href="#content">
        Skip to the content
      </a>
      <a href={pagePath("start", {})} aria-label="Ballast: start page">
        <Mark /> Ballast
      </a>
      <nav class="shell-nav" aria-label="Main">
        {SECTIONS.map(({ href, name, pages }) => {
          const isCurrent = page !== undefined && pages.includes(page);
          return (
            <a key={href} href={href} aria-current={isCurrent ? "true" : undefined}>
              {name}
            </a>
          );
        })}
        {graphiql.value === undefined ? null : <a href={graphiql.value}>GraphiQL</a>}
      </nav>
    </header>
  );
}
