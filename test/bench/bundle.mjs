import { join } from 'node:path'
import { build } from 'vite'

/** Bundles and minifies a TypeScript file as the extension's build does; writes it to `folder` and returns its path and text. An `iife` is called `engine`. */
export async function bundle(entry, folder, name, plugins = [], format = 'es') {
  const fileName = `${name}.${format === 'es' ? 'mjs' : 'js'}`
  const [result] = [await build({
    configFile: false, logLevel: 'error', plugins,
    build: { target: 'chrome137', minify: true, outDir: folder, emptyOutDir: false, lib: { entry, formats: [format], name: 'engine', fileName: () => fileName } },
  })].flat()
  return { file: join(folder, fileName), code: result.output[0].code }
}
