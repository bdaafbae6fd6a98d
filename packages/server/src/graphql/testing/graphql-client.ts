/** What a GraphQL answer holds; the tests know what they asked for. */
export type Answer = {
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly data?: any;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly unknown[];
    readonly extensions: { readonly code: string };
  }[];
};

export type HttpAnswer = Answer & { readonly status: number; readonly headers: Headers; readonly text: string };

/** Asks by POST, as most clients do. */
export async function ask(url: string, query: string, variables: object = {}, headers: Record<string, string> = {}): Promise<HttpAnswer> {
  return await send(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query, variables }),
  });
}

/** Asks by GET, so that the answer may be kept by caches. */
export async function askByGet(url: string, query: string, variables: object = {}): Promise<HttpAnswer> {
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  return await send(`${url}/graphql?${search.toString()}`, { headers: { accept: "application/json" } });
}

export async function send(url: string, init: RequestInit): Promise<HttpAnswer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const isJson = /^application\/(graphql-response\+)?json\b/.test(response.headers.get("content-type") ?? "");
  const answer = isJson ? (JSON.parse(text) as Answer) : {};
  return { ...answer, status: response.status, headers: response.headers, text };
}

export function codesOf(answer: Answer): string[] {
  return (answer.errors ?? []).map((error) => error.extensions.code);
}
