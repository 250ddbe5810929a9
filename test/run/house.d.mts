export function roomOf(path: string): string | null
export function arrowsOf(files: readonly { readonly source: string; readonly targets: readonly string[] }[]): [string, string][]
export function withoutShortcuts(arrows: readonly (readonly [string, string])[]): [string, string][]
