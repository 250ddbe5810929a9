import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import WebSocket from 'ws'

/** How long Firefox may take to say where it can be reached; milliseconds. */
const START_WAIT = 60_000

/**
 * Starts Firefox with a new profile and speaks WebDriver BiDi with it. `prefs` are the profile's settings.
 * Resolves to `{ send(method, params), on(method, listener), close() }`; `send` rejects with the browser's own words.
 */
export async function startFirefox({ executablePath, prefs = {}, headless = true }) {
  const profile = mkdtempSync(join(tmpdir(), 'countersign-firefox-'))
  writeFileSync(join(profile, 'user.js'), Object.entries(prefs).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''))
  const child = spawn(executablePath, [...(headless ? ['--headless'] : []), '--no-remote', '--profile', profile, '--remote-debugging-port=0', '--remote-allow-system-access', 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] })
  const exited = new Promise((resolve) => child.once('exit', resolve))
  const end = async () => {
    if (child.exitCode === null) child.kill()
    await exited
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
  try {
    const address = await addressOf(child)
    const socket = await openSocket(`${address}/session`)
    const session = speak(socket)
    await session.send('session.new', { capabilities: {} })
    return {
      ...session,
      close: async () => {
        await session.send('browser.close').catch(() => undefined) // It is ended below where it does not end itself.
        socket.close()
        await end()
      },
    }
  } catch (error) {
    await end()
    throw error
  }
}

/** `ws://127.0.0.1:N`, as Firefox says it on its error output. */
function addressOf(child) {
  return new Promise((resolve, reject) => {
    let said = ''
    const timer = setTimeout(() => reject(new Error(`Firefox did not say where it can be reached.\n${said.slice(-2_000)}`)), START_WAIT)
    child.once('error', (error) => { clearTimeout(timer); reject(error) })
    child.once('exit', () => { clearTimeout(timer); reject(new Error(`Firefox ended at once.\n${said.slice(-2_000)}`)) })
    child.stderr.on('data', (data) => {
      said = (said + data).slice(-10_000)
      const address = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said)?.[1]
      if (address) { clearTimeout(timer); resolve(address) }
    })
  })
}

function openSocket(address) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address, { maxPayload: 256 * 1024 * 1024 })
    socket.once('open', () => resolve(socket))
    socket.once('error', reject)
  })
}

function speak(socket) {
  const waiting = new Map()
  const listeners = new Map()
  let last = 0
  socket.on('message', (data) => {
    const message = JSON.parse(String(data))
    if (message.type === 'event') listeners.get(message.method)?.forEach((listener) => listener(message.params))
    const answer = waiting.get(message.id)
    if (!answer) return
    waiting.delete(message.id)
    if (message.type === 'error') answer.reject(new Error(`${answer.method}: ${message.error}: ${message.message}`))
    else answer.resolve(message.result)
  })
  socket.on('close', () => waiting.forEach(({ reject, method }) => reject(new Error(`${method}: Firefox is gone.`))))
  return {
    send: (method, params = {}) => new Promise((resolve, reject) => {
      last += 1
      waiting.set(last, { method, resolve, reject })
      socket.send(JSON.stringify({ id: last, method, params }))
    }),
    on: (method, listener) => listeners.set(method, [...(listeners.get(method) ?? []), listener]),
  }
}
