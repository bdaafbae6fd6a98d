/** Compressed pages take whole blocks of the compression cache, so that a table's byte tells a page's size. */
export const COMPRESSED_BLOCK_BYTES = 64;
