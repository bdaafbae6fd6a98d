export { Authenticator, type Grant, whenExpired } from "./authenticator.ts";
export { allows, type Scope, SCOPE_NAMES, SCOPES } from "./scope.ts";
export { requireSecret } from "./secret.ts";
export { type ApiToken, createToken, listTokens, revokeToken } from "./token-store.ts";
