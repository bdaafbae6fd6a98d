import { signal } from "@preact/signals";
import { onSchemeChange } from "../../design/token-value.ts";

/** Grows whenever the page changes between light and dark, for what is drawn into canvases: styles follow by themselves. */
export const colourScheme = signal(1);

onSchemeChange(() => (colourScheme.value += 1));
