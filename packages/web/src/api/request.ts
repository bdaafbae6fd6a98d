import { ApiError, isAbort, UNREACHABLE } from "./api-error.ts";
import { onUnreachable } from "./connection.ts";
import { authorization, isTokenNeeded } from "./token.ts";

/**
 * Any request to the server, with the token if there is one.
 * @throws ApiError UNREACHABLE; the server's own code for an answer that is a refusal; DOMException AbortError.
 */
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { ...authorization(), ...(init.headers as Record<string, string> | undefined) };
  const response = await fetch(path, { ...init, headers }).catch((error: unknown) => {
    if (isAbort(error)) throw error;
    onUnreachable();
    throw new ApiError(UNREACHABLE, "the server does not answer");
  });
  if (response.ok) return response;
  const refusal = await refusalOf(response);
  // It will be gone in a moment, and another one may come.
  if (refusal.code === "SERVER_CLOSING") onUnreachable();
  throw refusal;
}

type Refusal = { readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[] };

async function refusalOf(response: Response): Promise<ApiError> {
  if (response.status === 401) isTokenNeeded.value = true;
  const text = await response.text();
  const [error] = parseRefusal(text).errors ?? [];
  if (error === undefined) return new ApiError("INTERNAL", `the server answered ${response.status} ${response.statusText}`);
  return new ApiError(error.extensions?.code ?? "INTERNAL", error.message);
}

function parseRefusal(text: string): Refusal {
  try {
    return JSON.parse(text) as Refusal;
  } catch {
    return {};
  }
}
