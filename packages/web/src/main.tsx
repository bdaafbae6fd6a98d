import { render } from "preact";
import { followAddress } from "./address/address.ts";
import { askServerFacts } from "./api/server-facts.ts";
import { App } from "./shell/app.tsx";

const root = document.querySelector("#page");
if (root === null) throw new Error("index.html has no element for the page");
followAddress();
render(<App />, root);
// A server that does not answer is told of by the questions of the screens.
askServerFacts().catch(() => undefined);
