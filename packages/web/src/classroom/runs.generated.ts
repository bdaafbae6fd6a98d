// Made of runs.graphql by tools/generate-documents.ts: change that file and run `npm run web:types`.
import type { Document } from "../api/document.ts";

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type ClassroomRunQueryVariables = Exact<{
  label: string;
  scenario: string;
}>;


export type ClassroomRunQuery = { readonly runs: { readonly nodes: ReadonlyArray<{ readonly id: string }> } };

export const ClassroomRun: Document<ClassroomRunQuery, ClassroomRunQueryVariables> = { name: "ClassroomRun", operation: "query", text: "query ClassroomRun($label: String!, $scenario: String!) {\n  runs(first: 1, label: $label, scenario: $scenario, status: COMPLETED) {\n    nodes {\n      id\n    }\n  }\n}" };
