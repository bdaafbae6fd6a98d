/** The name of standard input or output where a file can be named. */
export const STANDARD_STREAM = "-";
