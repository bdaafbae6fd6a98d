import { minChangeFraction, periodMs, reserveFraction, shortageFraction, taxRate, type ValuesOf } from "@ballast/core/policy";

export const parameters = { reserveFraction, minChangeFraction, shortageFraction, taxRate, periodMs };

export type Settings = ValuesOf<typeof parameters>;
