import { spawn } from 'node:child_process'
import { connect, createServer } from 'node:net'

/** Programs of the applications: started here, ended by their own ids. */

/** Milliseconds that a server may take to answer, on a slow and busy machine. */
const PATIENCE = 60_000

export interface Program {
  /** What it has said so far, for the message of a failure. */
  readonly said: () => string
  /** Ends it and its children and waits until it is gone. */
  readonly stop: () => Promise<void>
}

export interface ProgramOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Starts a server in a process group of its own, so that its children end with it. */
export function start(command: string, args: readonly string[], { cwd, env }: ProgramOptions = {}): Program {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  let gone = false
  const keep = (data: Buffer): void => { said = (said + data.toString()).slice(-8_000) }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const ended = new Promise<void>((resolve) => {
    child.on('error', (error) => {
      said += error.message
      gone = true
      resolve()
    })
    child.on('exit', () => {
      gone = true
      resolve()
    })
  })
  const signal = (name: NodeJS.Signals): void => {
    if (gone || child.pid === undefined) return
    process.kill(-child.pid, name)
  }
  const atExit = (): void => signal('SIGKILL')
  process.once('exit', atExit)
  return {
    said: () => said,
    async stop() {
      process.off('exit', atExit)
      signal('SIGTERM')
      const hard = setTimeout(() => signal('SIGKILL'), 10_000)
      await ended
      clearTimeout(hard)
    },
  }
}

/** Runs a program to its end. Resolves to what it wrote to its output; throws with its own words when it fails. */
export function run(command: string, args: readonly string[], { cwd, env, input }: ProgramOptions & { readonly input?: string } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] })
    let output = ''
    let errors = ''
    child.stdout!.on('data', (data: Buffer) => { output += data.toString() })
    child.stderr!.on('data', (data: Buffer) => { errors += data.toString() })
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve(output) : reject(new Error(`${command} ended with ${code}\n${errors || output}`))))
    child.stdin?.end(input)
  })
}

/** A port of this computer that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

/** Waits until something listens there; throws with what the program said when nothing does. */
export async function listening(at: { readonly port: number } | { readonly path: string }, program: Program): Promise<void> {
  const until = Date.now() + PATIENCE
  for (;;) {
    const answered = await new Promise<boolean>((resolve) => {
      const socket = 'path' in at ? connect(at.path) : connect(at.port, '127.0.0.1')
      socket.on('connect', () => {
        socket.destroy()
        resolve(true)
      })
      socket.on('error', () => resolve(false))
    })
    if (answered) return
    if (Date.now() > until) throw new Error(`Nothing listens at ${JSON.stringify(at)}\n${program.said()}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
