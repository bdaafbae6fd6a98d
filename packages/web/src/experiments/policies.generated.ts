// Made of policies.graphql by tools/generate-documents.ts: change that file and run `npm run web:types`.
import type { Document } from "../api/document.ts";

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** What values a parameter takes. */
export type ParameterType =
  /** True or false. */
  | 'BOOLEAN'
  /** One of a few texts. */
  | 'CHOICE'
  /** A whole number between two bounds. */
  | 'INTEGER'
  /** A number between two bounds. */
  | 'NUMBER';

export type PoliciesQueryVariables = Exact<{ [key: string]: never; }>;


export type PoliciesQuery = { readonly policies: ReadonlyArray<{ readonly name: string, readonly version: string, readonly description: string, readonly parameters: ReadonlyArray<{ readonly name: string, readonly type: ParameterType, readonly unit: string | null, readonly default: unknown, readonly minimum: number | null, readonly maximum: number | null, readonly choices: ReadonlyArray<string> | null, readonly description: string, readonly source: string }> }> };

export const Policies: Document<PoliciesQuery, PoliciesQueryVariables> = { name: "Policies", operation: "query", text: "query Policies {\n  policies {\n    name\n    version\n    description\n    parameters {\n      name\n      type\n      unit\n      default\n      minimum\n      maximum\n      choices\n      description\n      source\n    }\n  }\n}" };
