import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))

/**
 * Tiptap comes as some thirty small modules; they are joined into one file the first time somebody asks, and again when the packages changed.
 * Returns the path of the bundle.
 */
export async function tiptapBundle() {
  const out = join(here, '.bundle', 'tiptap.js')
  const lock = join(here, 'package-lock.json')
  if (existsSync(out) && statSync(out).mtimeMs > statSync(lock).mtimeMs && readFileSync(out, 'utf8').length > 0) return out
  const { build } = await import('esbuild')
  mkdirSync(dirname(out), { recursive: true })
  await build({
    stdin: {
      contents: "export { Editor } from '@tiptap/core'\nexport { default as StarterKit } from '@tiptap/starter-kit'\n",
      resolveDir: here,
    },
    bundle: true, format: 'esm', minify: true, target: 'es2022', outfile: out, logLevel: 'error',
  })
  return out
}
