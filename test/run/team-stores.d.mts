export function storeScript(script: string, ...args: string[]): string
