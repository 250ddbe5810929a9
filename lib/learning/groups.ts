/** Values by a key, in the order in which keys first come. */
export function grouped<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return groups
}

/** Each value once, in the order in which they first come. */
export function distinct(values: readonly string[]): string[] {
  return [...new Set(values)]
}
