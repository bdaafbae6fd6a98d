/** Forms of lines that several formats look for. */

export const DINERO_LINE = /^ *[0-4] +(?:0x)?[0-9a-f]+(?: .*)?$/i;
export const HEX_LETTERS = /(?:^|\s)(?:0x)?\d*[a-f][0-9a-f]*(?:\s|$)/i;
