/** Path of a Chromium-family browser: `CHROME_PATH`, then the usual places of Chrome, Chromium and Edge. Null when there is none. */
export function findBrowser(env?: Readonly<Record<string, string | undefined>>, platform?: NodeJS.Platform): string | null
