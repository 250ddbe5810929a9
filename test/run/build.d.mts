/** Builds the extension for `chrome` or `firefox`. Resolves to the folder; throws with the tool's own words when the build fails. */
export function buildExtension(browser?: 'chrome' | 'firefox'): Promise<string>
/** A copy of the Chrome build that may read pages on this computer without asking. Gives the copy's folder. */
export function practiceExtension(to?: string): string
