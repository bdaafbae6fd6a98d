import { getIntrospectionQuery } from "graphql";
import { type AdversarialDocument, times, FRAME_FIELDS, type Subjects } from "./adversarial-document.ts";
import { stateDocuments } from "./state-documents.ts";

/** Introspection: what costs nothing in most servers. */
function introspectionDocuments(): AdversarialDocument[] {
  const level = (inner: string): string => `fields { type { ofType { ofType { ofType { ${inner} } } } } }`;
  const circle = level(level("name description"));
  return [
    { name: "introspection of GraphiQL", query: getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true }) },
    {
      name: "introspection, 40 aliases of all types",
      query: `{ ${times(40, (i) => `a${i}: __schema { types { name fields { name description type { name } } } }`)} }`,
    },
    { name: "introspection, 4 aliases of fields of fields", query: `{ ${times(4, (i) => `a${i}: __schema { types { ${circle} } }`)} }` },
    {
      name: "introspection, fragments in each other",
      query: `{ ${times(20, (i) => `a${i}: __schema { ...t }`)} } fragment t on __Schema { ${times(10, (i) => `b${i}: types { ...f }`)} } fragment f on __Type { ${times(10, (i) => `c${i}: fields { description name }`)} }`,
    },
    {
      name: "introspection, 80 aliases of one type's fields",
      query: `{ ${times(80, (i) => `a${i}: __type(name: "Counters") { fields { name description type { name kind } } }`)} }`,
    },
    {
      name: "introspection, long aliases of descriptions",
      query: `{ __schema { types { fields { ${times(40, (i) => `${"d".repeat(1_000)}${i}: description`)} } } } }`,
    },
    { name: "__typename, 3,900 aliases", query: `{ ${times(1_300, (i) => `a${i}: __typename`)} }` },
    { name: "__typename, 100,000 times", query: `{ ${"__typename ".repeat(100_000)} }` },
  ];
}

/** What costs the parser and the validation. */
function syntaxDocuments(): AdversarialDocument[] {
  const chain = (count: number): string =>
    times(count, (i) => `fragment f${i} on Query { a: __typename ...f${i + 1} ...g${i} } fragment g${i} on Query { ...f${i + 1} }`);
  return [
    { name: "3,000 braces", query: `${"{a".repeat(1_500)}${"}".repeat(1_500)}` },
    {
      name: "lists in lists, 1,900 deep",
      query: `mutation { startRun(input: { scenario: { json: ${"[".repeat(1_900)}${"]".repeat(1_900)} } }) { __typename } }`,
    },
    {
      name: "objects in objects, 1,200 deep",
      query: `mutation { startRun(input: { scenario: { json: ${"{a:".repeat(1_200)}1${"}".repeat(1_200)} } }) { __typename } }`,
    },
    { name: "list types, 1,900 deep", query: `query($a: ${"[".repeat(1_900)}Int${"]".repeat(1_900)}) { __typename }` },
    { name: "one field 3,900 times", query: `{ ${"__typename ".repeat(3_900)} }` },
    { name: "one field with arguments 400 times", query: `{ ${'run(id: "latest") { id } '.repeat(390)} }` },
    { name: "fields that conflict, 1,300 aliases", query: `{ ${times(650, (i) => `a: ${i % 2 === 0 ? "__typename" : "nothing"}`)} }` },
    {
      name: "fields that conflict inside each other",
      query: `{ ${times(390, () => 'a: run(id: "latest") { id }')} ${times(100, () => 'a: run(id: "x") { seed }')} }`,
    },
    {
      name: "pairs of fragments",
      query: `{ ${times(300, (i) => `...f${i}`)} } ${times(300, (i) => `fragment f${i} on Query { a: __typename b: __typename }`)}`,
    },
    { name: "nested pairs of fields", query: `{ ${times(60, () => `runs { nodes { at { host { ${"freePages ".repeat(40)} } } } }`)} }` },
    { name: "2^40 fragments", query: `{ ...f0 } ${chain(40)} fragment f40 on Query { __typename }` },
    {
      name: "fragments in circles",
      query: `{ ...f0 } ${times(200, (i) => `fragment f${i} on Query { ...f${(i + 1) % 200} ...f${(i + 7) % 200} }`)}`,
    },
    {
      name: "300 operations of 300 fragments",
      query: `${times(300, (i) => `query q${i} { ...f0 }`)} ${times(190, (i) => `fragment f${i} on Query { ...f${i + 1} }`)} fragment f190 on Query { __typename }`,
    },
    { name: "400 operations with variables", query: times(190, (i) => `query q${i}($a: ID!) { run(id: $a) { id } }`) },
    { name: "600 variables", query: `query(${times(600, (i) => `$v${i}: Int`)}) { __typename }` },
    { name: "1,000 directives", query: `{ __typename ${"@skip(if: false) ".repeat(450)} }` },
    { name: "unknown fields of long names", query: `{ ${times(100, (i) => `${"x".repeat(10_000)}${i}`)} }` },
    { name: "400 unknown fields", query: `query { ${times(1_900, (i) => `runz${i}`)} }` },
    { name: "a literal of 3 MB", query: `{ run(id: "${"x".repeat(3_000_000)}") { id } }` },
    { name: "a literal of 3 MB that is escaped", query: `{ run(id: "${"\\u0041".repeat(500_000)}") { id } }` },
    { name: "a block string of 3 MB", query: `{ run(id: """${"  x\n".repeat(700_000)}""") { id } }` },
    { name: "comments of 3 MB", query: `#${"x\n#".repeat(1_000_000)}\n{ __typename }` },
    { name: "3 MB of lines and 200 errors", query: `${"\n".repeat(3_000_000)}{ ${times(200, (i) => `unknown${i}`)} }` },
    { name: "3 MB of commas", query: `{ __typename ${",".repeat(3_000_000)} }` },
  ];
}

/** Values: as literals and as variables. */
function valueDocuments({ small }: Subjects): AdversarialDocument[] {
  const filtered = "query($run: ID!, $filter: EventFilter) { run(id: $run) { events(first: 1, filter: $filter) { nodes { position } } } }";
  const scenario = "mutation($json: Json) { startRun(input: { scenario: { json: $json } }) { __typename ... on Error { code message } } }";
  return [
    {
      name: "a filter of 250,000 types",
      query: filtered,
      variables: `{"run":"${small}","filter":{"types":[${times(250_000, () => '"PAGE_HIT"', ",")}]}}`,
    },
    {
      name: "a filter of 400,000 wrong types",
      query: filtered,
      variables: `{"run":"${small}","filter":{"types":[${times(400_000, () => '"X"', ",")}]}}`,
    },
    {
      name: "an id of 3 MB under 200 aliases",
      query: `query($run: ID!) { ${times(200, (i) => `a${i}: run(id: $run) { id }`)} }`,
      variables: `{"run":"${"x".repeat(3_000_000)}"}`,
    },
    { name: "JSON 100,000 deep", query: scenario, variables: `{"json":${'{"a":['.repeat(50_000)}1${"]}".repeat(50_000)}}` },
    { name: "JSON of 300,000 numbers", query: scenario, variables: `{"json":{"name":"x","vms":[${times(300_000, String, ",")}]}}` },
    { name: "JSON of 150,000 keys", query: scenario, variables: `{"json":{${times(150_000, (i) => `"key${i}":${i}`, ",")}}}` },
    { name: "JSON of 3 MB of text", query: scenario, variables: `{"json":{"name":"${"x".repeat(3_000_000)}"}}` },
    {
      name: "200 mutations in one document",
      query: `mutation { ${times(200, (i) => `a${i}: startRun(input: { scenario: { name: "nothing${i}" } }) { ... on Error { code } }`)} }`,
    },
  ];
}

/** Many operations at a time. */
function manyOperations({ small, smallPosition }: Subjects): AdversarialDocument[] {
  const page = `{ run(id: "${small}") { at(at: { position: ${smallPosition} }) { frames(first: 200) { nodes { ${FRAME_FIELDS} } } } } }`;
  return [
    { name: "3,000 queries in one WebSocket", query: page, timesOverWebSocket: 3_000 },
    {
      name: "1,000 subscriptions in one WebSocket",
      query: `subscription { events(run: "${small}", batchSize: 100) { events { position text } } }`,
      timesOverWebSocket: 1_000,
    },
    { name: "500 simultaneous requests", query: page, timesOverHttp: 500 },
    {
      name: "32 simultaneous queries that fill the cost",
      query: `{ run(id: "${small}") { events(first: 1000) { nodes { ${times(40, (i) => `a${i}: text`)} } } } }`,
      timesOverHttp: 32,
    },
  ];
}

export function adversarialDocuments(subjects: Subjects): readonly AdversarialDocument[] {
  return [
    ...introspectionDocuments(),
    ...syntaxDocuments(),
    ...valueDocuments(subjects),
    ...stateDocuments(subjects),
    ...manyOperations(subjects),
  ];
}
