import { render } from "preact";
import { followAddress } from "./address/address.ts";
import { App } from "./shell/app.tsx";

const root = document.querySelector("#page");
if (root === null) throw new Error("index.html has no element for the page");
followAddress();
render(<App />, root);
