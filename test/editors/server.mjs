import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, extname, join, normalize, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BUNDLES } from './build.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const FOLDERS = { '/bundle/': BUNDLES, '/packages/': join(here, 'node_modules'), '/pages/': join(here, 'pages') }
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.wasm': 'application/wasm', '.json': 'application/json', '.png': 'image/png', '.svg': 'image/svg+xml' }

/** Serves the real editors on the loopback interface: `/?module=slate&mount=slate` is a page with that editor and a Send. Resolves to `{ url, close }`. */
export async function startEditors() {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost')
    if (pathname === '/') return send(response, 200, 'text/html; charset=utf-8', readFileSync(join(here, 'pages', 'editor.html')))
    const prefix = Object.keys(FOLDERS).find((each) => pathname.startsWith(each))
    const path = prefix && normalize(join(FOLDERS[prefix], decodeURIComponent(pathname.slice(prefix.length))))
    if (!path || !path.startsWith(FOLDERS[prefix] + sep) || !existsSync(path) || !statSync(path).isFile()) return send(response, 404, 'text/plain', 'not here')
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' })
    return createReadStream(path).pipe(response)
  })
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}

function send(response, status, type, body) {
  response.writeHead(status, { 'content-type': type })
  response.end(body)
}
