declare module 'virtual:builtin-packs' {
  const packs: readonly import('../engine/index.ts').RulePack[]
  export default packs
}
