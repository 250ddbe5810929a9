export interface SeenRequest { readonly url: string; /** An origin; null for the browser itself. */ readonly initiator: string | null }
export function netLogArgs(file: string): string[]
export function requestsIn(file: string): SeenRequest[]
export function strayRequests(requests: readonly SeenRequest[], allowed?: readonly string[]): string[]
