import { useState } from "preact/hooks";
import { graphiql } from "../api/server-facts.ts";
import { copyText } from "./copy-text.ts";

type QueryLinkProps = { readonly document: { readonly text: string }; readonly variables: object };

/** The GraphQL query that gives what is shown: opened in GraphiQL with its variables, or copied. */
export function QueryLink({ document, variables }: QueryLinkProps) {
  const [copied, setCopied] = useState(false);
  const shown = JSON.stringify(variables, null, 2);
  const copy = (): void => {
    void copyText(`${document.text}\n\n# variables\n# ${shown.replaceAll("\n", "\n# ")}\n`).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 2_000);
    });
  };
  return (
    <span class="query-link">
      {graphiql.value === undefined ? null : (
        <a href={`${graphiql.value}#${new URLSearchParams({ query: document.text, variables: shown })}`} target="_blank" rel="noopener">
          Open in GraphiQL
        </a>
      )}
      <button class="button-link" type="button" onClick={copy}>
        {copied ? "Copied" : "Copy query"}
      </button>
    </span>
  );
}
