import { readdirSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { formatProblem } from '../problem.ts'
import { loadPacks, testPacks } from './load.ts'

const ID = 'virtual:builtin-packs'
const RESOLVED = `\0${ID}`
const FOLDER = fileURLToPath(new URL('../builtin', import.meta.url))

/** Gives `virtual:builtin-packs`: the built-in packs, validated and tested, as data, so that no YAML is parsed in the browser. A bad file fails the build. */
export function builtinPacks(folder = FOLDER): Plugin {
  return {
    name: 'countersign:builtin-packs',
    resolveId: (id) => (id === ID ? RESOLVED : null),
    load(id) {
      if (id !== RESOLVED) return null
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (/\.ya?ml$/.test(name)) this.addWatchFile(join(folder, name))
      }
      const { packs, problems } = loadPacks(folder)
      const all = [...problems, ...testPacks(packs)]
      const first = all[0]
      if (first) this.error({ message: `Built-in rule packs:\n${all.map(formatProblem).join('\n')}`, loc: { file: first.file, line: first.line, column: first.column } })
      // JSON in a string: engines parse it faster than the same data written as code.
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(packs.map((p) => p.pack)))})`
    },
    configureServer(server) {
      // A new or removed rule file is not among the watched ones yet.
      const reload = (file: string) => {
        if (!file.startsWith(folder + sep)) return
        const module = server.moduleGraph.getModuleById(RESOLVED)
        if (module) server.moduleGraph.invalidateModule(module)
        server.ws.send({ type: 'full-reload' })
      }
      server.watcher.add(folder)
      server.watcher.on('add', reload).on('unlink', reload)
    },
  }
}
