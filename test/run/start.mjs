import { join, relative } from 'node:path'
import { ensureBrowser } from './ensure-browser.mjs'
import { OUTPUT, ROOT } from './paths.mjs'
import { during, stopPrograms } from './processes.mjs'
import { setup } from './setup.mjs'

/**
 * `npm start`: everything from a fresh clone to a browser with the extension, the practice desk and a first draft ready to paste.
 * `npm start -- --headless`: does the main job by itself and says whether it held.
 */
const headless = process.argv.includes('--headless')
const closing = []
let stopping = false

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop(130))

await setup()
await ensureBrowser()
if (!headless && process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
  console.error('There is no screen here. "npm start -- --headless" does the main job without one and leaves pictures.')
  process.exit(1)
}

const { buildExtension, practiceExtension } = await import('./build.mjs')
try {
  await during('Building the extension', () => buildExtension())
  const extension = practiceExtension()
  if (headless) await runByItself(extension)
  else await openForPerson(extension)
} catch (error) {
  if (!stopping) {
    console.error(error instanceof Error ? error.message : error)
    await stop(1)
  }
}

async function runByItself(extension) {
  const { practice } = await import('./practice.mjs')
  const pictures = join(OUTPUT, 'practice')
  const held = await practice({ extension, pictures, onStarted: (close) => closing.push(close) })
  console.log(`\nPictures: ${relative(ROOT, pictures)}`)
  console.log(held ? 'All of it held.' : 'Something did not hold.')
  await stop(held ? 0 : 1)
}

async function openForPerson(extension) {
  const { startDesk } = await import('../desk/server.mjs')
  const { launchWithExtension, practiceSettings, seedSettings } = await import('./launch.mjs')
  const desk = await startDesk()
  closing.push(() => desk.close())
  const launched = await launchWithExtension({ extension, headless: false })
  closing.push(() => launched.close())
  launched.context.on('close', () => stop(0))
  await seedSettings(launched.worker, practiceSettings(desk.url))
  const copied = await openFirstDraft(launched.context, desk.url)
  console.log(`
Countersign is in the browser that has just opened, switched on for the practice desk.

  Practice desk   ${desk.url}/
  Mail            a new message is open; ${copied ? 'the first AI draft is on your clipboard: click into the message and paste' : 'press "Copy the AI draft" at the top, then paste it into the message'}
  Then            press Send, and see what happens before anything leaves

  Extension       ${relative(ROOT, extension)} (a copy of the build that may read pages on this computer)
  Dashboard       chrome-extension://${launched.extensionId}/dashboard.html

Nothing you send here leaves this computer. Ctrl+C closes the browser and the desk.`)
}

/** Mail in front with an empty message that is addressed, and the first draft on the clipboard. True when it could be copied. */
async function openFirstDraft(context, deskUrl) {
  const { DRAFTS } = await import('../desk/public/drafts.js')
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(`${deskUrl}/`)
  await page.click('[data-draft=mail]')
  const copied = await page.waitForFunction(() => document.querySelector('#said')?.textContent).then(async (said) => String(await said.jsonValue()).startsWith('Copied'))
  await page.goto(`${deskUrl}/mail?compose=1&to=${encodeURIComponent(DRAFTS.mail.to[0])}&su=${encodeURIComponent(DRAFTS.mail.subject)}`)
  await page.bringToFront()
  return copied
}

/** Ends everything that was started here, in reverse order, then the process. */
async function stop(code) {
  if (stopping) return
  stopping = true
  stopPrograms()
  for (const close of closing.reverse()) {
    await close().catch((error) => console.error(error instanceof Error ? error.message : error))
  }
  process.exit(code)
}
