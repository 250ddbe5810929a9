import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, extname, join, normalize, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { tiptapBundle } from './bundle.mjs'
import { createOutbox } from './outbox.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const LIMIT = 4_000_000

const PAGES = {
  '/': 'start.html',
  '/mail': 'mail/mail.html',
  '/mail/popout': 'mail/popout.html',
  '/mail/settings': 'mail/settings.html',
  '/crm/email': 'crm/email.html',
  '/crm/email/frame': 'crm/email-frame.html',
  '/crm/email/assistant': 'crm/assistant.html',
  '/crm/ticket': 'crm/ticket.html',
  '/cms': 'cms/cms.html',
}

/** Folders of installed packages that the pages may load from. */
const VENDOR = {
  '/vendor/ckeditor5/': join(here, 'node_modules', 'ckeditor5', 'dist', 'browser'),
  '/vendor/tinymce/': join(here, 'node_modules', 'tinymce'),
}

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml', '.json': 'application/json', '.map': 'application/json', '.woff2': 'font/woff2', '.woff': 'font/woff',
}

/**
 * Starts the practice desk on the loopback interface. `port` 0 takes a free one; `undoMs` is how long "Undo send" works.
 * Everything that was sent stays in memory until `reset()` or the end.
 */
export async function startDesk({ port = 0, undoMs = 5_000 } = {}) {
  const outbox = createOutbox({ undoMs })
  const lines = new Set()
  const server = createServer((request, response) => {
    handle(request, response, outbox, lines).catch((error) => fail(response, error))
  })
  await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const url = `http://127.0.0.1:${server.address().port}`
  return {
    url,
    sent: (app) => outbox.sent(app),
    recalled: () => outbox.recalled(),
    notes: () => outbox.notes(),
    reset: () => outbox.reset(),
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}

async function handle(request, response, outbox, lines) {
  const { port } = request.socket.address()
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  // Another site could point its own name at this address (DNS rebinding) and read what was practised here.
  if (!hosts.includes(request.headers.host ?? '')) return plain(response, 421, 'The practice desk answers only on this computer.')
  const { origin } = request.headers
  if (request.method === 'POST' && origin !== undefined && origin !== 'null' && !hosts.some((host) => origin === `http://${host}`)) {
    return plain(response, 403, 'The practice desk takes messages only from its own pages.')
  }
  const url = new URL(request.url ?? '/', `http://${hosts[0]}`)
  if (url.pathname.startsWith('/api/')) return api(request, response, url, outbox, lines)
  if (request.method === 'POST' && url.pathname === '/cms/post') return classicPost(request, response, outbox)
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(response, 405, 'Only GET here.')
  return file(response, url.pathname)
}

async function api(request, response, url, outbox, lines) {
  const { pathname, searchParams } = url
  if (request.method === 'GET') {
    if (pathname === '/api/sent') return json(response, outbox.sent(searchParams.get('app')))
    if (pathname === '/api/recalled') return json(response, outbox.recalled())
    if (pathname === '/api/notes') return json(response, outbox.notes())
    if (pathname === '/api/drafts') return json(response, outbox.drafts())
    if (pathname === '/api/draft') {
      const draft = outbox.draft(searchParams.get('id') ?? '')
      return draft ? json(response, draft) : plain(response, 404, 'No such draft.')
    }
    if (pathname === '/api/events') return events(request, response, outbox, lines)
  }
  if (request.method === 'POST') {
    if (pathname === '/api/reset') {
      outbox.reset()
      return json(response, {})
    }
    const body = JSON.parse((await read(request)) || '{}')
    if (pathname === '/api/send') return json(response, outbox.receive(body))
    if (pathname === '/api/note') return json(response, outbox.note(body))
    if (pathname === '/api/draft') return json(response, { id: outbox.saveDraft(body) })
    if (pathname === '/api/undo') {
      const message = outbox.recall(body.id)
      return message ? json(response, message) : plain(response, 409, 'Too late: the message is gone.')
    }
  }
  return plain(response, 404, 'No such call.')
}

/** The classic editor's own form. Which button was pressed decides whether readers see it, as in WordPress. */
async function classicPost(request, response, outbox) {
  const fields = new URLSearchParams(await read(request))
  const back = fields.get('desk_return') ?? ''
  const message = { app: 'cms', subject: fields.get('post_title'), html: fields.get('content'), text: fields.get('content'), excerpt: fields.get('excerpt') }
  if (fields.has('save')) outbox.saveDraft({ ...message, id: 'post' })
  else outbox.receive({ ...message, kind: fields.get('original_post_status') === 'publish' ? 'update' : 'publish' }, 'form')
  response.writeHead(303, { location: /^\/cms(\?[\w=&]*)?$/.test(back) ? back : '/cms' })
  response.end()
}

/** A browser keeps six connections to a host for all its tabs: where each tab kept one, the seventh would never load. */
const LINES = 4
/** Milliseconds after which a page whose line was taken asks again. */
const AGAIN = 5_000

/** Tells an open page how many messages the server holds, each time that changes. Where too many listen, the one that listened longest comes back later. */
function events(request, response, outbox, lines) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write(`retry: ${AGAIN}\n`)
  const write = (counts) => response.write(`data: ${JSON.stringify(counts)}\n\n`)
  write(outbox.counts())
  lines.add(response)
  const stop = outbox.watch(write)
  request.on('close', () => {
    lines.delete(response)
    stop()
  })
  if (lines.size > LINES) [...lines][0].end()
}

async function file(response, pathname) {
  const path = await pathOf(pathname)
  if (!path || !existsSync(path) || !statSync(path).isFile()) return plain(response, 404, 'Nothing is here. The desk starts at /')
  response.writeHead(200, {
    'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    // Nothing the desk shows may reach for the network.
    'content-security-policy': "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-src 'self'; worker-src 'self' blob:",
  })
  await new Promise((resolve, reject) => createReadStream(path).on('error', reject).pipe(response).on('close', resolve))
}

async function pathOf(pathname) {
  const page = PAGES[pathname] ?? PAGES[pathname.replace(/\/$/, '')]
  if (page) return join(here, 'public', page)
  if (pathname === '/vendor/tiptap.js') return tiptapBundle()
  for (const [prefix, folder] of Object.entries(VENDOR)) {
    if (pathname.startsWith(prefix)) return inside(folder, pathname.slice(prefix.length))
  }
  return pathname.startsWith('/assets/') ? inside(join(here, 'public'), pathname.slice('/assets/'.length)) : null
}

function inside(folder, rest) {
  const path = normalize(join(folder, decodeURIComponent(rest)))
  return path.startsWith(folder + sep) ? path : null
}

async function read(request) {
  const chunks = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > LIMIT) throw new Error('The message is longer than the desk takes.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function json(response, value) {
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(value))
}

function plain(response, status, sentence) {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' })
  response.end(sentence)
}

function fail(response, error) {
  if (response.headersSent) response.destroy()
  else plain(response, error instanceof SyntaxError || error instanceof URIError ? 400 : 500, error instanceof Error ? error.message : 'Something failed.')
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  const desk = await startDesk({ port: Number(process.env['PORT'] ?? 0) })
  console.log(`Practice desk: ${desk.url}/`)
}
