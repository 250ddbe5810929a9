import { readdirSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { formatProblem } from '../problem.ts'
import { loadPacks, testPacks } from './load.ts'

const ID = 'virtual:builtin-packs'
const TITLES = 'virtual:builtin-titles'
const RESOLVED = new Map([ID, TITLES].map((id) => [id, `\0${id}`]))
const FOLDER = fileURLToPath(new URL('../builtin', import.meta.url))

/**
 * Gives `virtual:builtin-packs`: the built-in packs, validated and tested, as data, so that no YAML is parsed in the browser. A bad file fails the build.
 * `virtual:builtin-titles` are the titles of their rules by id: what most pages need of a megabyte.
 */
export function builtinPacks(folder = FOLDER): Plugin {
  return {
    name: 'countersign:builtin-packs',
    resolveId: (id) => RESOLVED.get(id) ?? null,
    load(id) {
      if (![...RESOLVED.values()].includes(id)) return null
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (/\.ya?ml$/.test(name)) this.addWatchFile(join(folder, name))
      }
      const { packs, problems } = loadPacks(folder)
      const all = [...problems, ...testPacks(packs)]
      const first = all[0]
      if (first) this.error({ message: `Built-in rule packs:\n${all.map(formatProblem).join('\n')}`, loc: { file: first.file, line: first.line, column: first.column } })
      // JSON in a string: engines parse it faster than the same data written as code.
      const data = id === RESOLVED.get(ID) ? packs.map((p) => p.pack) : Object.fromEntries(packs.flatMap((p) => p.pack.rules.map((rule) => [rule.id, rule.title])))
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(data))})`
    },
    configureServer(server) {
      // A new or removed rule file is not among the watched ones yet.
      const reload = (file: string) => {
        if (!file.startsWith(folder + sep)) return
        for (const resolved of RESOLVED.values()) {
          const module = server.moduleGraph.getModuleById(resolved)
          if (module) server.moduleGraph.invalidateModule(module)
        }
        server.ws.send({ type: 'full-reload' })
      }
      server.watcher.add(folder)
      server.watcher.on('add', reload).on('unlink', reload)
    },
  }
}
