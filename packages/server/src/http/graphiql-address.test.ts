import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { OPTIONS_FROM_ADDRESS } from "./graphiql-address.ts";

type Tab = { readonly query: string; readonly variables: string | null; readonly headers: string | null };
type Tabs = { readonly tabs: readonly Tab[]; readonly activeTabIndex: number };
type Filled = {
  readonly endpoint: string;
  readonly query?: string;
  readonly variables?: string;
  readonly initialHeaders?: string;
  onTabChange(tabs: Tabs): void;
};

/** The page at an address, in a browser of which GraphiQL has stored these tabs. */
function open(address: string, stored?: Tabs): { readonly options: Filled; readonly shownAddress: () => string } {
  let at = new URL(address, "http://127.0.0.1:4000");
  const page = {
    location: at,
    localStorage: { getItem: () => (stored === undefined ? null : JSON.stringify(stored)) },
    history: { replaceState: (_state: null, _title: string, to: string) => (at = new URL(to, at)) },
    window: { addEventListener: () => undefined },
    URLSearchParams,
  };
  const options = runInNewContext(`(${OPTIONS_FROM_ADDRESS})({ endpoint: "/graphql" })`, page) as Filled;
  return { options, shownAddress: () => `${at.pathname}${at.search}${at.hash}` };
}

const QUERY = 'query Q($id: ID!) { run(id: $id) { name: "50 % & more #1" } }';
const VARIABLES = '{"id": "a+b"}';
const params = new URLSearchParams({ query: QUERY, variables: VARIABLES }).toString();
const stored: Tabs = {
  tabs: [
    { query: "{ first }", variables: null, headers: null },
    { query: "{ last }", variables: '{"n": 1}', headers: '{"authorization": "Bearer x"}' },
  ],
  activeTabIndex: 1,
};

describe("GraphiQL", () => {
  test.each(["?", "#"])("shows the query and the variables after %s, whatever tabs it has stored", (separator) => {
    for (const tabs of [undefined, stored])
      expect(open(`/graphql${separator}${params}`, tabs).options).toMatchObject({
        endpoint: "/graphql",
        query: QUERY,
        variables: VARIABLES,
      });
  });

  test("takes the fragment if there are both", () => {
    expect(open(`/graphql?query=%7Bold%7D#${params}`).options.query).toBe(QUERY);
  });

  test("without a query shows the tab that was open last, and new tabs have its headers", () => {
    const { query, variables, initialHeaders } = open("/graphql", stored).options;
    expect({ query, variables, initialHeaders }).toEqual({
      ...stored.tabs[1],
      headers: undefined,
      initialHeaders: stored.tabs[1]?.headers,
    });
    expect(open(`/graphql#${params}`, stored).options.initialHeaders).toBe(stored.tabs[1]?.headers);
    for (const none of [undefined, { tabs: [], activeTabIndex: 0 }]) expect(open("/graphql", none).options.query).toBeUndefined();
  });

  test("writes what is edited to the fragment, from where it is read again", () => {
    const page = open("/graphql?query=%7Bold%7D");
    page.options.onTabChange({ tabs: [{ query: QUERY, variables: VARIABLES, headers: "{}" }], activeTabIndex: 0 });
    expect(page.shownAddress()).toBe(`/graphql#${params}`);
    expect(open(page.shownAddress()).options).toMatchObject({ query: QUERY, variables: VARIABLES });
  });
});
