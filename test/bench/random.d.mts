/** Repeatable random numbers in 0..1. */
export function randomFrom(seed: number): () => number
export function pick<T>(random: () => number, list: readonly T[]): T
