import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ROOT } from './paths.mjs'

/**
 * The picture in ARCHITECTURE.md, drawn from what the files import. `node test/run/house.mjs` draws it anew; with `--check` it only says whether it is still true.
 * An arrow that follows from two others is left out, so that the picture can be read.
 */
const PAGE = join(ROOT, 'ARCHITECTURE.md')
const START = '<!-- drawn by test/run/house.mjs -->'
const END = '<!-- end of the drawing -->'

/** The room of a source file: a folder of `lib`, or one of the two upper storeys as a whole; null for what is not of the house. */
export function roomOf(path) {
  const [top, folder] = path.split('/')
  if (top === 'entrypoints' || top === 'components') return top
  return top === 'lib' ? folder : null
}

/** `[from, to]` of every room that uses another, from `{ source, targets }` of each file. Tests do not count. */
export function arrowsOf(files) {
  const arrows = new Map()
  for (const { source, targets } of files) {
    const from = roomOf(source)
    if (!from || /\.(test|fixture)\.tsx?$/.test(source)) continue
    for (const to of targets.map(roomOf)) if (to && to !== from) arrows.set(`${from} ${to}`, [from, to])
  }
  return [...arrows.values()].sort(([a, b], [c, d]) => a.localeCompare(c) || b.localeCompare(d))
}

/** Without each arrow that a longer way over other arrows already says. */
export function withoutShortcuts(arrows) {
  const reaches = (from, to, skip) => arrows.some(([a, b]) => a === from && !(from === skip[0] && b === skip[1]) && (b === to || reaches(b, to, skip)))
  return arrows.filter((arrow) => !reaches(arrow[0], arrow[1], arrow))
}

/** The drawing as a diagram that GitHub and most editors show. */
export function draw(arrows) {
  const lines = withoutShortcuts(arrows).map(([from, to]) => `  ${from} --> ${to}`)
  return [START, '```mermaid', 'flowchart TD', ...lines, '```', END].join('\n')
}

async function filesOfTheHouse() {
  // Not above: on a fresh clone this file is read before anything is installed.
  const [{ cruise }, { default: extractTSConfig }] = await Promise.all([import('dependency-cruiser'), import('dependency-cruiser/config-utl/extract-ts-config')])
  const { options } = (await import('../../.dependency-cruiser.cjs')).default
  const { output } = await cruise(['entrypoints', 'components', 'lib'], { ...options, baseDir: ROOT }, undefined, { tsConfig: extractTSConfig(join(ROOT, 'tsconfig.json')) })
  return output.modules.map(({ source, dependencies }) => ({ source, targets: dependencies.map(({ resolved }) => resolved) }))
}

/** Draws the house from its imports. Resolves to true when ARCHITECTURE.md shows just that; `write` makes it so. @throws where the page has no place for the drawing */
export async function houseIsDrawn({ write = false } = {}) {
  const page = readFileSync(PAGE, 'utf8')
  const [start, end] = [page.indexOf(START), page.indexOf(END)]
  if (start < 0 || end < start) throw new Error(`ARCHITECTURE.md has no place for the drawing: ${START} ... ${END}`)
  const drawing = draw(arrowsOf(await filesOfTheHouse()))
  const standing = page.slice(start, end + END.length)
  if (write && standing !== drawing) writeFileSync(PAGE, page.slice(0, start) + drawing + page.slice(end + END.length))
  if (!write && standing !== drawing) console.error('ARCHITECTURE.md does not show the house as it is. Draw it anew: node test/run/house.mjs')
  return write || standing === drawing
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = (await houseIsDrawn({ write: !process.argv.includes('--check') })) ? 0 : 1
