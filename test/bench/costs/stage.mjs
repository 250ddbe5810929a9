import { createServer } from 'node:http'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDesk } from '../../desk/server.mjs'
import { dockedCompose } from '../../fixtures/sites/gmail.html.ts'
import { blockPost } from '../../fixtures/sites/wordpress.html.ts'
import { buildExtension, practiceExtension } from '../../run/build.mjs'
import { launchWithExtension, practiceSettings, seedSettings } from '../../run/launch.mjs'
import { OUTPUT } from '../../run/paths.mjs'

/** Pages that are measured, after what their kind is built of. `field`: what is typed in. */
export const PAGES = {
  idle: { name: 'an idle page', adapter: 'generic', field: 'textarea', html: () => FORM },
  gmail: { name: 'a page like Gmail', adapter: 'gmail', field: '.Am.editable', html: () => `${rows(50)}${dockedCompose()}` },
  gutenberg: { name: 'a page like Gutenberg, 300 blocks', adapter: 'wordpress', field: '[data-block=a]', html: () => blockPost().replace('data-block="b">', `data-block="b">${' and more'.repeat(3)}</p>${paragraphs(300)}<p>`) },
  nodes: { name: 'a page of 10,000 nodes', adapter: 'generic', field: 'textarea', html: () => `${FORM}<div>${'<p><span>a</span></p>'.repeat(5_000)}</div>` },
}
const FORM = '<form method="post" action="/sent"><textarea rows="6" cols="60"></textarea><button type="submit">Send</button></form>'
const rows = (count) => `<div role="main"><table><tbody>${`<tr class="zA"><td class="xY"><div class="yW"><span email="ann@example.com">Ann</span></div></td><td class="xY"><span class="bog">Lamps for the ward</span><span class="y2">Could you tell us what they cost?</span></td></tr>`.repeat(count)}</tbody></table></div>`
const paragraphs = (count) => Array.from({ length: count }, (_, at) => `<p class="block-editor-rich-text__editable wp-block" contenteditable="true" data-block="c${at}">Paragraph ${at} of a long article about lamps in a ward, and what nurses say of them at night.</p>`).join('')
const document_ = (body) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title><body>${body}</body></html>`

/** A browser with the built extension, the desk, and each of the pages twice: the extension may read 127.0.0.1, and the same page under the name "localhost" is one without it. */
export async function openStage() {
  if (!existsSync(join(OUTPUT, 'chrome-mv3', 'manifest.json'))) await buildExtension()
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
  const desk = await startDesk({ undoMs: 0 })
  const { port, server } = await serve()
  const launched = await launchWithExtension({ extension: practiceExtension(join(folder, 'extension')) })
  const settings = practiceSettings(desk.url)
  const sites = Object.entries(PAGES).map(([path, { adapter }]) => ({ prefix: `http://127.0.0.1:${port}/${path}`, adapter, on: true }))
  await seedSettings(launched.worker, { ...settings, sites: [...settings.sites, ...sites] })
  return {
    desk, launched,
    addressOf: (path, withUs) => `http://${withUs ? '127.0.0.1' : 'localhost'}:${port}/${path}`,
    async close() {
      await launched.close()
      await desk.close()
      server.close()
      server.closeAllConnections()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}

async function serve() {
  const server = createServer((request, response) => {
    const [, name, more] = (request.url ?? '').split('?')[0].split('/')
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    if (more === 'frames') response.end(document_('<iframe src="/idle"></iframe>'.repeat(FRAMES)))
    else response.end(document_(PAGES[name]?.html() ?? ''))
  })
  await new Promise((resolve) => { server.listen(0, resolve) })
  return { server, port: server.address().port }
}

/** Frames of the page `idle/frames`. */
export const FRAMES = 40

/** The debugger's session with a page, and what its main thread has used and holds so far. */
export async function measured(context, page) {
  const cdp = await context.newCDPSession(page)
  await cdp.send('Performance.enable')
  const metrics = async () => Object.fromEntries((await cdp.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]))
  return {
    cdp,
    /** Milliseconds of the processor that the page's main thread took: other programs do not count. */
    threadTime: async () => (await metrics()).ThreadTime * 1000,
    /** Bytes of its heap, all worlds of all frames of the process, when everything that can go has gone. */
    async heap() {
      for (let times = 0; times < 4; times += 1) {
        await cdp.send('HeapProfiler.collectGarbage')
        await page.waitForTimeout(200)
      }
      return (await metrics()).JSHeapUsedSize
    },
  }
}
