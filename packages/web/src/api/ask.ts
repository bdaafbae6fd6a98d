import { ApiError } from "./api-error.ts";
import type { Document } from "./document.ts";
import { request } from "./request.ts";

type Answered<Data> = {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
};

/**
 * The answer to a query or mutation, whole.
 * @throws ApiError the first error of the answer; DOMException AbortError.
 */
export async function ask<Data, Variables>(document: Document<Data, Variables>, variables: Variables, signal?: AbortSignal): Promise<Data> {
  const { name, text } = document;
  const response = await request("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ query: text, operationName: name, variables }),
    ...(signal === undefined ? {} : { signal }),
  });
  const { data, errors } = (await response.json()) as Answered<Data>;
  const [error] = errors ?? [];
  if (error !== undefined) throw new ApiError(error.extensions?.code ?? "INTERNAL", error.message);
  if (data == null) throw new ApiError("INTERNAL", `the server answered ${name} with neither data nor an error`);
  return data;
}

/** What an answer's union of a payload and a failure holds. @throws ApiError the failure. */
export function requirePayload<Result extends object>(result: Result): Exclude<Result, { readonly code: unknown }> {
  if (!("code" in result)) return result as Exclude<Result, { readonly code: unknown }>;
  const { code, message } = result as { readonly code: string; readonly message?: string };
  throw new ApiError(code, message ?? code);
}
