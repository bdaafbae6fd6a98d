import { signal } from "@preact/signals";
import { request } from "./request.ts";

type ServerFacts = { readonly links: { readonly graphiql: string | null } };

/** Where GraphiQL is; undefined while that is not known, or where the server has switched it off. */
export const graphiql = signal<string | undefined>(undefined);

/** Asks the server what it has. Called once; without an answer, what depends on it is not shown. */
export async function askServerFacts(): Promise<void> {
  const response = await request("/", { headers: { accept: "application/json" } });
  const { links } = (await response.json()) as ServerFacts;
  graphiql.value = links.graphiql ?? undefined;
}
