import { signal } from "@preact/signals";

const KEY = "ballast-token";

/** Of a server that asks for one; kept until the tab is closed. */
export const token = signal(sessionStorage.getItem(KEY) ?? "");
/** Whether the server has refused the token, or its absence. */
export const isTokenNeeded = signal(false);

export function acceptToken(given: string): void {
  sessionStorage.setItem(KEY, given);
  token.value = given;
  isTokenNeeded.value = false;
}

export function authorization(): Record<string, string> {
  return token.value === "" ? {} : { authorization: `Bearer ${token.value}` };
}
