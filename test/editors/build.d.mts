export const BUNDLES: string
export function editorsInstalled(): boolean
export function bundleEditors(): Promise<boolean>
