declare module 'virtual:builtin-packs' {
  import type { RulePack } from '../engine/index.ts'
  const packs: readonly RulePack[]
  export default packs
}
