// Made of curves.graphql by tools/generate-documents.ts: change that file and run `npm run web:types`.
import type { Document } from "../api/document.ts";

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type CurveChoicesQueryVariables = Exact<{ [key: string]: never; }>;


export type CurveChoicesQuery = { readonly traces: ReadonlyArray<{ readonly name: string, readonly description: string, readonly pageCount: string, readonly referenceCount: string }>, readonly replacementAlgorithms: ReadonlyArray<{ readonly name: string, readonly title: string, readonly looksAhead: boolean, readonly parameters: ReadonlyArray<{ readonly name: string, readonly description: string, readonly words: ReadonlyArray<string> }> }>, readonly scenarios: ReadonlyArray<{ readonly name: string, readonly json: unknown }> };

export type CurvesQueryVariables = Exact<{
  trace: string;
  policies: ReadonlyArray<string> | string;
  shards?: number | null | undefined;
}>;


export type CurvesQuery = { readonly missRatioCurve: { readonly trace: string, readonly referenceCount: string, readonly pageCount: number, readonly notes: ReadonlyArray<string>, readonly curves: ReadonlyArray<{ readonly policy: string, readonly points: ReadonlyArray<{ readonly frames: number, readonly misses: string, readonly missRatio: number }> }>, readonly shards: { readonly rate: number, readonly sampledPages: number, readonly meanAbsoluteError: number, readonly points: ReadonlyArray<{ readonly frames: number, readonly missRatio: number, readonly error: number }> } | null } | null };

export const CurveChoices: Document<CurveChoicesQuery, CurveChoicesQueryVariables> = { name: "CurveChoices", operation: "query", text: "query CurveChoices {\n  traces {\n    name\n    description\n    pageCount\n    referenceCount\n  }\n  replacementAlgorithms {\n    name\n    title\n    looksAhead\n    parameters {\n      name\n      description\n      words\n    }\n  }\n  scenarios {\n    name\n    json\n  }\n}" };

export const Curves: Document<CurvesQuery, CurvesQueryVariables> = { name: "Curves", operation: "query", text: "query Curves($trace: String!, $policies: [String!]!, $shards: Float) {\n  missRatioCurve(trace: $trace, policies: $policies, shards: $shards) {\n    trace\n    referenceCount\n    pageCount\n    notes\n    curves {\n      policy\n      points {\n        frames\n        misses\n        missRatio\n      }\n    }\n    shards {\n      rate\n      sampledPages\n      meanAbsoluteError\n      points {\n        frames\n        missRatio\n        error\n      }\n    }\n  }\n}" };
