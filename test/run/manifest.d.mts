export const PERMISSIONS: readonly string[]
export const OPTIONAL: readonly string[]
export interface Checked { readonly ok: boolean; readonly line: string }
export function manifestFaults(manifest: Readonly<Record<string, unknown>>): string[]
export function codeFromText(folder: string): string[]
export function checkManifests(browsers?: readonly string[], output?: string): Checked[]
/** Languages that a build lacks, and texts that its manifest takes from them and that are not there, as `language: what`. */
export function languageFaults(folder: string): string[]
