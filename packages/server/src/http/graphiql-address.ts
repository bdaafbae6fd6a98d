/**
 * JavaScript for GraphiQL's page: a function from its options to these with what the address and the browser's storage add.
 *
 * The address gives `query` and `variables`, in its fragment or in its query part. The fragment is not
 * sent to the server, so that it may be longer than a request's headers, and stands in no log. What is edited is written
 * back there, so that the address can be handed out and loaded again; by itself GraphiQL would write it to the query part.
 * An address without a query shows the tab that was open last, and every new tab has the headers of that one, such as a token.
 * `operationName` is left to GraphiQL, which offers the operations of a document in a menu: its option of that name would
 * hold for every document after it.
 */
export const OPTIONS_FROM_ADDRESS = `(options) => {
  const names = ["query", "variables"];
  const given = Object.fromEntries(
    [location.search, location.hash].flatMap((part) => [...new URLSearchParams(part.slice(1))]).filter(([name]) => names.includes(name)),
  );
  const lastTab = () => {
    try {
      const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem("graphiql:tabState"));
      return tabs[activeTabIndex];
    } catch {
      return undefined;
    }
  };
  const last = lastTab();
  const shown = given.query === undefined && last !== undefined ? last : given;
  const filled = (values) => names.flatMap((name) => (values[name] == null || values[name] === "" ? [] : [[name, values[name]]]));
  window.addEventListener("hashchange", () => location.reload());
  return {
    ...options,
    ...Object.fromEntries(filled(shown)),
    initialHeaders: last?.headers ?? undefined,
    onEditQuery: () => undefined,
    onTabChange: ({ tabs, activeTabIndex }) =>
      history.replaceState(null, "", location.pathname + "#" + new URLSearchParams(filled(tabs[activeTabIndex] ?? {}))),
  };
}`;
