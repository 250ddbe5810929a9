/** Less than 0 where `a` is older than `b`, 0 where equal, more than 0 where newer. Both are `MAJOR.MINOR.PATCH`, as the schema made sure. */
export function compareVersions(a: string, b: string): number {
  const right = b.split('.').map(Number)
  const differences = a.split('.').map((part, i) => Number(part) - (right[i] ?? 0))
  return differences.find((d) => d !== 0) ?? 0
}
