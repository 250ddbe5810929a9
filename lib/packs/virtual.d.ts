declare module 'virtual:builtin-packs' {
  // A relative path is not allowed in here, and no other form gives the type.
  import type { RulePack } from '@/lib/engine/index.ts'
  const packs: readonly RulePack[]
  export default packs
}
declare module 'virtual:builtin-titles' {
  const titles: Readonly<Record<string, string>>
  export default titles
}
