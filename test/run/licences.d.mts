export const LICENCES: string
export function bundledPackages(): readonly { readonly name: string; readonly version: string; readonly licence: string; readonly text: string }[]
export function licencesText(): string
