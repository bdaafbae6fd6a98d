export type { Application } from "./application.ts";
