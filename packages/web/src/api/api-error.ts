/** A code of the API, or UNREACHABLE where no answer came. */
export type ApiErrorCode = string;

/** What the server answered instead of data, or why it did not answer. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ApiErrorCode;

  constructor(code: ApiErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export const UNREACHABLE = "UNREACHABLE";

/** What to do about an error, by its code; errors of the API say it in their message already. */
export function remedyOf(error: unknown): string {
  if (!(error instanceof ApiError)) return "Reload the page. If it happens again, report it with the text above.";
  if (error.code === UNREACHABLE) return "The page tries again by itself. Look whether the server still runs where you started it.";
  if (error.code === "RUN_NOT_FOUND" || error.code === "EXPERIMENT_NOT_FOUND")
    return "It may have been deleted. The lists show what there is.";
  return "";
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
