import { spawn } from 'node:child_process'
import { ROOT } from './paths.mjs'

const running = new Set()

/**
 * Runs a program to its end. `quiet` keeps what it says and shows it only if it fails; otherwise it goes straight to the terminal.
 * Resolves to `{ code, output }`; a program that cannot be started gives code 127.
 */
export function runProgram(command, args, { cwd = ROOT, env = {}, quiet = false, shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, shell, stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'] })
    running.add(child)
    let output = ''
    child.stdout?.on('data', (data) => { output += data })
    child.stderr?.on('data', (data) => { output += data })
    const end = (code) => {
      running.delete(child)
      resolve({ code, output })
    }
    child.on('error', (error) => {
      output += error.message
      end(127)
    })
    child.on('close', (code) => end(code ?? 1))
  })
}

/** The same for a script that this Node runs. */
export function runNode(script, args = [], options = {}) {
  return runProgram(process.execPath, [script, ...args], options)
}

/** npm, as it was called itself, or as it lies on the path. */
export function runNpm(args, options = {}) {
  const script = process.env['npm_execpath']
  if (script && /npm-cli\.[cm]?js$/.test(script)) return runNode(script, args, options)
  return process.platform === 'win32' ? runProgram('npm.cmd', args, { ...options, shell: true }) : runProgram('npm', args, options)
}

/** Ends every program that is still running; called when the person stops us. */
export function stopPrograms() {
  for (const child of running) child.kill()
}

/** Says what is being done, shows that it still goes on, and says how long it took. */
export async function during(what, work) {
  const began = Date.now()
  console.log(`${what} ...`)
  const tick = setInterval(() => console.log(`  still at it, ${seconds(began)}`), 15_000)
  try {
    return await work()
  } finally {
    clearInterval(tick)
    console.log(`  ${seconds(began)}`)
  }
}

export function seconds(began) {
  return `${((Date.now() - began) / 1000).toFixed(1)} s`
}
