import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The package that a module is of, or '' for our own. */
export function packageOf(id) {
  const at = id.lastIndexOf('/node_modules/')
  if (at < 0) return ''
  const [scope, name] = id.slice(at + '/node_modules/'.length).split('/')
  return scope.startsWith('@') ? `${scope}/${name}` : scope
}

/** A Vite plugin that writes into `folder` what each script is made of: `{ script: { package: bytes as they stand in it } }`, our own code under ''. */
export function bundleReport(folder) {
  return {
    name: 'countersign-bundle-report',
    generateBundle(_options, bundle) {
      const report = Object.fromEntries(Object.values(bundle).filter(({ type }) => type === 'chunk').map(({ fileName, modules }) => [fileName, sizesOf(modules)]))
      mkdirSync(folder, { recursive: true })
      const name = Object.keys(report).map((file) => file.replace(/[^\w.-]/g, '_')).sort()[0] ?? 'none'
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(report))
    },
  }
}

function sizesOf(modules) {
  const sizes = {}
  for (const [id, { renderedLength }] of Object.entries(modules)) {
    const name = packageOf(id.replaceAll('\\', '/'))
    if (renderedLength > 0) sizes[name] = (sizes[name] ?? 0) + renderedLength
  }
  return sizes
}
