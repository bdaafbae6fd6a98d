/** What a screen is given: the names in its address. */
export type ScreenProps = { readonly places: Readonly<Record<string, string>> };
