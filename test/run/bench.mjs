// `npm run bench`: all benches as one table; `-- --json` prints [{figure, value, goal, met}]. Ratios against a peer in the same run; single times are for reading, never for judging.
// `-- --only core,pages` for some parts; `-- --small` takes the long ones with less of everything, for a look in a quarter of an hour: the whole takes hours.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { coreRows, weightRows } from '../bench/core.mjs'
import { memoryRows } from '../bench/costs/memory.mjs'
import { pageRows } from '../bench/costs/pages.mjs'
import { panelRows } from '../bench/costs/panel.mjs'
import { openStage } from '../bench/costs/stage.mjs'
import { workerRows } from '../bench/costs/worker.mjs'
import { figure, printFigures } from '../bench/figures.mjs'
import { buildExtension } from './build.mjs'
import { OUTPUT, ROOT, tool } from './paths.mjs'
import { setup } from './setup.mjs'

/** Benches with a command of their own (`npm run bench:NAME`), and what makes them short. */
const COMMANDS = {
  engine: ['--rounds=3'],
  sites: ['rest', 'storms'],
  signoff: ['--entries', '20000'],
  learning: ['--records', '4000', '--corrections', '20000', '--kills', '10', '--reps', '4'],
  day: ['--drafts', '200', '--tabs', '5'],
  team: ['--objects', '5000', '--members', '50', '--entries', '5000'],
}
const onStage = (measure) => async () => {
  const stage = await openStage()
  try {
    return await measure(stage)
  } finally {
    await stage.close()
  }
}
const PARTS = {
  weight: weightRows, core: coreRows, pages: onStage(pageRows), memory: onStage(memoryRows), worker: onStage(workerRows), panel: onStage(panelRows),
  ...Object.fromEntries(Object.keys(COMMANDS).map((name) => [name, () => ofCommand(name)])),
}

const { values: asked } = parseArgs({ options: { json: { type: 'boolean', default: false }, small: { type: 'boolean', default: false }, only: { type: 'string' } } })
const wanted = asked.only?.split(',') ?? Object.keys(PARTS)
const unknown = wanted.filter((name) => !(name in PARTS))
if (unknown.length > 0) {
  console.error(`--only takes ${Object.keys(PARTS).join(', ')}; not ${unknown.join(', ')}`)
  process.exit(2)
}
if (wanted.includes('engine')) await setup([join(ROOT, 'test', 'bench')])
if (!existsSync(resolve(OUTPUT, 'chrome-mv3', 'manifest.json'))) await buildExtension()

const rows = []
let broken = false
for (const name of wanted) {
  console.error(`${name} ...`)
  const part = await PARTS[name]()
  rows.push(...part.map((row) => ({ ...row, figure: wanted.length > 1 && name in COMMANDS ? `${name}: ${row.figure}` : row.figure })))
}
printFigures(rows, asked.json)
process.exitCode = broken ? 1 : 0

/** The figures of a bench with a command of its own, in a process of its own: one that breaks says so and the others go on. */
async function ofCommand(name) {
  const args = [tool('tsx'), join(ROOT, 'test', 'run', `bench-${name}.mjs`), '--json', ...(asked.small ? COMMANDS[name] : [])]
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk) => { output += chunk })
  const code = await new Promise((done) => { child.on('close', done) })
  try {
    return JSON.parse(output.slice(output.lastIndexOf('\n[') + 1))
  } catch {
    broken = true
    console.error(`bench:${name} ended with ${code} and without figures.`)
    return [figure('did not end', 1, 0)]
  }
}
