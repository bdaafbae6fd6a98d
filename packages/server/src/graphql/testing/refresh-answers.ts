const BLOCK = /```graphql\n([\s\S]*?)```\n(?:\n[^`\n][^\n]*\n)*\n```json\n[\s\S]*?```/g;

/** Runs a query of a document and gives its answer as the document shows it. */
export type AskDocument = (query: string) => Promise<unknown>;

/** The document with the answer behind every query replaced by the one that it has now. */
export async function refreshAnswers(markdown: string, ask: AskDocument): Promise<string> {
  let refreshed = "";
  let end = 0;
  for (const match of markdown.matchAll(BLOCK)) {
    const answer = JSON.stringify(await ask(match[1] ?? ""), null, 1);
    const head = match[0].slice(0, match[0].indexOf("```json\n"));
    refreshed += `${markdown.slice(end, match.index)}${head}\`\`\`json\n${fold(answer)}\n\`\`\``;
    end = match.index + match[0].length;
  }
  return refreshed + markdown.slice(end);
}

/** Objects and lists that fit a line are put on one. */
function fold(json: string): string {
  return json.replaceAll(/[{[]\n[^{}[\]]*[}\]]/g, (inner) => {
    const line = inner.replaceAll(/\n\s*/g, " ");
    return line.length <= 100 ? line : inner;
  });
}
