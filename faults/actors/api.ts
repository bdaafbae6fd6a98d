/** What the server answered; `status` 0: there was no answer, because no server listens or the connection broke. */
export type Reply = { readonly status: number; readonly text: string; readonly codes: readonly string[] };

const TIMEOUT_MS = 40_000;

type ErrorBody = { readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[] };

export async function get(url: string | undefined, path: string): Promise<Reply> {
  return await request(url, path, {});
}

export async function ask(url: string | undefined, query: string, variables: object = {}): Promise<Reply> {
  const body = JSON.stringify({ query, variables });
  return await request(url, "/graphql", { method: "POST", headers: { "content-type": "application/json" }, body });
}

/** The data of an answer that must be right. @throws Error with the answer if it has none. */
export function dataOf({ status, text }: Reply): unknown {
  const { data } = status === 0 ? {} : (JSON.parse(text) as { data?: unknown });
  if (data === undefined || data === null) throw new Error(`no data in answer ${status}: ${text.slice(0, 500)}`);
  return data;
}

async function request(url: string | undefined, path: string, init: RequestInit): Promise<Reply> {
  if (url === undefined) return { status: 0, text: "no server listens", codes: [] };
  try {
    const response = await fetch(url + path, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = await response.text();
    return { status: response.status, text, codes: codesOf(text) };
  } catch (error) {
    return { status: 0, text: String((error as Error).cause ?? error), codes: [] };
  }
}

function codesOf(text: string): string[] {
  return (errorBody(text).errors ?? []).map(({ extensions }) => extensions?.code ?? "(none)");
}

function errorBody(text: string): ErrorBody {
  if (!text.startsWith("{")) return {};
  try {
    return JSON.parse(text) as ErrorBody;
  } catch {
    return {};
  }
}
