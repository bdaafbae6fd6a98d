/** An operation of the API with the types of its answer and of its variables, made by `tools/generate-documents.ts`. */
export type Document<Data, Variables> = {
  readonly name: string;
  readonly operation: "query" | "mutation" | "subscription";
  readonly text: string;
  /** Never there: it ties the types to the document. */
  readonly types?: (variables: Variables) => Data;
};
