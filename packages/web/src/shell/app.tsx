import { pageMatch, pathname } from "../address/address.ts";
import { isConnected } from "../api/connection.ts";
import { isTokenNeeded } from "../api/token.ts";
import { Empty } from "../design/notice.tsx";
import { Header } from "./header.tsx";
import { LoadedScreen } from "./loaded-screen.tsx";
import { TokenForm } from "./token-form.tsx";

export function App() {
  return (
    <div class="shell">
      <Header />
      <div aria-live="polite">
        {isConnected.value ? null : (
          <p class="shell-banner">The server does not answer. What is shown may be out of date; the page tries again.</p>
        )}
      </div>
      <main class="shell-main" id="content" tabIndex={-1}>
        {isTokenNeeded.value ? <TokenForm /> : <Content />}
      </main>
    </div>
  );
}

function Content() {
  const match = pageMatch.value;
  if (match === undefined) {
    return (
      <Empty title={`There is no screen at ${pathname.value}`}>
        <p>
          <a href="/">The start page</a> shows what there is.
        </p>
      </Empty>
    );
  }
  return <LoadedScreen key={match.page} match={match} />;
}
