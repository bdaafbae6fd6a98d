import { type DocumentNode, type GraphQLError, Lexer, parse, type ParseOptions, Source, TokenKind } from "graphql";
import { codedError } from "../errors/coded-error.ts";
import type { Limits } from "../../api/limits/limits.ts";

export type DocumentLimits = Pick<Limits, "maxTokens" | "maxDocumentBytes" | "maxNesting">;

export const BAD_REQUEST = { http: { status: 400, spec: true } };

const OPENING: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/**
 * The syntax tree of a document, if it is within the limits. The parser calls itself once per bracket, so that brackets are counted
 * before it begins.
 * @throws GraphQLError QUERY_TOO_LARGE, QUERY_TOO_DEEP; without a code where the document is no GraphQL.
 */
export function parseLimited(source: string | Source, options: ParseOptions | undefined, limits: DocumentLimits): DocumentNode {
  const given = typeof source === "string" ? new Source(source) : source;
  const bytes = Buffer.byteLength(given.body);
  if (bytes > limits.maxDocumentBytes)
    throw tooLarge(`has ${bytes} bytes; the limit is ${limits.maxDocumentBytes}: put long values into variables`);
  checkTokens(given, limits);
  return parse(given, options);
}

function checkTokens(source: Source, { maxTokens, maxNesting }: DocumentLimits): void {
  const lexer = new Lexer(source);
  let depth = 0;
  for (let count = 0; lexer.advance().kind !== TokenKind.EOF;) {
    const { kind } = lexer.token;
    if (++count > maxTokens) throw tooLarge(`has more than ${maxTokens} tokens, the limit: split it, or use fragments and variables`);
    if (CLOSING.has(kind)) depth--;
    else if (OPENING.has(kind) && ++depth > maxNesting) throw tooDeep(`nests more than ${maxNesting} brackets, the limit`);
  }
}

function tooLarge(found: string): GraphQLError {
  return codedError("QUERY_TOO_LARGE", `the document ${found}`, BAD_REQUEST);
}

function tooDeep(found: string): GraphQLError {
  return codedError("QUERY_TOO_DEEP", `the document ${found}: put Json into variables, or ask in several queries`, BAD_REQUEST);
}
