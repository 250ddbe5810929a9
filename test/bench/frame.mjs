import { createServer } from 'node:http'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { launchWithExtension } from '../run/launch.mjs'
import { bundle } from './bundle.mjs'

/** Ways for a ruleset from the extension's worker into a content script. `none` is a message there and back with nothing in it. */
export const WAYS = ['none', 'base64', 'clone', 'frame']

/**
 * Brings a ruleset of `bytes` into fresh frames of a page of another origin, the whole way to a scanner that has scanned a word, each way in turn.
 * Resolves to milliseconds by way; a way that the browser has not got is left out.
 */
export async function timeFrames(bytes, folder, loads) {
  const extension = join(folder, 'frame-extension')
  mkdirSync(extension, { recursive: true })
  writeFileSync(join(extension, 'ruleset.bin'), new Uint8Array(bytes))
  writeFileSync(join(extension, 'manifest.json'), JSON.stringify({
    manifest_version: 3, name: 'Frame bench', version: '1', message_serialization: 'structured_clone',
    background: { service_worker: 'worker.js' }, content_scripts: [{ matches: ['http://127.0.0.1/*'], js: ['content.js'], run_at: 'document_idle' }],
    web_accessible_resources: [{ resources: ['frame.html'], matches: ['http://127.0.0.1/*'] }],
  }))
  writeFileSync(join(extension, 'worker.js'), WORKER)
  writeFileSync(join(extension, 'frame.html'), '<!doctype html><script src="frame.js"></script>')
  writeFileSync(join(extension, 'frame.js'), FRAME)
  const { code } = await bundle(join(import.meta.dirname, 'runtime.ts'), folder, 'frame-runtime', [], 'iife')
  writeFileSync(join(extension, 'content.js'), `${code}\n${CONTENT}`)

  const server = createServer((_, response) => response.end('<!doctype html><title>page</title>'))
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { context, close } = await launchWithExtension({ extension })
  const times = Object.fromEntries(WAYS.map((way) => [way, []]))
  try {
    const page = await context.newPage()
    for (let load = -3; load < loads; load++) {
      for (const way of WAYS) {
        await page.goto(`http://127.0.0.1:${server.address().port}/?${way}`)
        const said = await page.waitForSelector('html[data-took]', { state: 'attached' }).then((html) => html.getAttribute('data-took'))
        if (load >= 0 && said !== 'cannot') times[way].push(Number(said))
      }
    }
  } finally {
    await close()
    server.close()
  }
  return Object.fromEntries(Object.entries(times).filter(([, values]) => values.length > 0))
}

const WORKER = `
let bytes, text
const ready = fetch('ruleset.bin').then((response) => response.arrayBuffer()).then((buffer) => {
  bytes = buffer
  const view = new Uint8Array(buffer)
  let binary = ''
  for (let at = 0; at < view.length; at += 8192) binary += String.fromCharCode(...view.subarray(at, at + 8192))
  text = btoa(binary)
})
chrome.runtime.onMessage.addListener((way, sender, reply) => {
  ready.then(() => reply(way === 'base64' ? text : way === 'clone' ? bytes : 'x'))
  return true
})
`
const FRAME = `
const ready = fetch('ruleset.bin').then((response) => response.arrayBuffer())
addEventListener('message', (event) => ready.then((bytes) => event.ports[0].postMessage(bytes, [bytes])))
`
const CONTENT = `
const draft = { kind: 'email', site: '', subject: '', recipients: [], text: 'a', blocks: [{ kind: 'text', span: { start: 0, end: 1 } }], locale: '' }
const bytesOf = {
  none: () => chrome.runtime.sendMessage('none').then(() => null),
  base64: () => chrome.runtime.sendMessage('base64').then((text) => {
    const binary = atob(text)
    const out = new Uint8Array(binary.length)
    for (let i = 0; i < out.length; i++) out[i] = binary.charCodeAt(i)
    return out.buffer
  }),
  clone: () => chrome.runtime.sendMessage('clone'),
  frame: () => new Promise((resolve) => {
    const frame = document.createElement('iframe')
    frame.hidden = true
    frame.src = chrome.runtime.getURL('frame.html')
    frame.onload = () => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = (event) => { resolve(event.data); frame.remove() }
      frame.contentWindow.postMessage('ruleset', chrome.runtime.getURL('').slice(0, -1), [port2])
    }
    document.documentElement.append(frame)
  }),
}
const way = location.search.slice(1)
// Once without counting, so that the worker is awake and has its bytes: it is there long before a draft gets focus.
chrome.runtime.sendMessage('none').then(async () => {
  const start = performance.now()
  const bytes = await bytesOf[way]()
  if (way !== 'none' && !(bytes instanceof ArrayBuffer)) return 'cannot'
  if (bytes) engine.createScanner(engine.decodeRuleset(bytes)).scan(draft)
  return performance.now() - start
}).then((took) => { document.documentElement.dataset.took = String(took) })
`
