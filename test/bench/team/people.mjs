import { fork } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildExtension, practiceExtension } from '../../run/build.mjs'
import { launchWithExtension, practiceSettings } from '../../run/launch.mjs'
import { OUTPUT, ROOT } from '../../run/paths.mjs'

/** The store in a process of its own. `ask(what, more)` is answered by it. */
export async function openStore() {
  const child = fork(join(ROOT, 'test', 'bench', 'team', 'store.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const waiting = new Map()
  let id = 0
  await new Promise((ready, failed) => {
    child.once('exit', (code) => failed(new Error(`the store ended with ${code}`)))
    child.on('message', (message) => {
      if (message.ready) return ready()
      const { resolve, reject } = waiting.get(message.id) ?? {}
      waiting.delete(message.id)
      if (message.error === undefined) resolve?.(message.value)
      else reject?.(new Error(message.error))
    })
  })
  const ask = (what, more = {}) => new Promise((resolve, reject) => {
    waiting.set(++id, { resolve, reject })
    child.send({ id, ask: what, ...more })
  })
  return { ask, ...(await ask('where')), close: () => child.disconnect() }
}

/** Browser profiles with the extension, allowed to reach the store. Each is a person with a page of ours open, through which the worker is asked. */
export async function openPeople({ origin, spki }) {
  if (!existsSync(join(OUTPUT, 'chrome-mv3', 'manifest.json'))) await buildExtension()
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-team-'))
  const extension = join(folder, 'extension')
  const path = join(practiceExtension(extension), 'manifest.json')
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), host_permissions: [`https://${new URL(origin).hostname}/*`] }))
  const open = []
  return {
    person: async (name) => {
      const launched = await launchWithExtension({ extension, userDataDir: join(folder, name), args: [`--ignore-certificate-errors-spki-list=${spki}`] })
      open.push(launched)
      await launched.worker.evaluate((settings) => chrome.storage.local.set({ settings }), { ...practiceSettings('http://127.0.0.1:9'), sites: [], reviewer: { name, role: '' } })
      const page = await launched.context.newPage()
      await page.goto(`chrome-extension://${launched.extensionId}/dashboard.html#/settings`)
      return {
        page,
        /** A message to the worker. @returns its answer's value and the milliseconds that it took */
        ask: async (kind, body = null) => {
          const { reply, ms } = await page.evaluate(async (envelope) => {
            const from = performance.now()
            return { reply: await chrome.runtime.sendMessage(envelope), ms: performance.now() - from }
          }, { countersign: 1, kind, body })
          if (!reply.ok) throw new Error(`${kind}: ${reply.code} ${reply.message}`)
          if (reply.value?.ok === false) throw new Error(`${kind}: ${JSON.stringify(reply.value.problem)}`)
          return { value: reply.value?.ok === true ? reply.value.value : reply.value, ms }
        },
        /** The version of a pack that is in use. */
        using: (id) => page.evaluate((pack) => new Promise((resolve, reject) => {
          const asked = indexedDB.open('countersign')
          asked.onerror = () => reject(asked.error)
          asked.onsuccess = () => {
            const got = asked.result.transaction('packs').objectStore('packs').get(pack)
            got.onerror = () => reject(got.error)
            got.onsuccess = () => {
              asked.result.close()
              resolve(got.result?.version ?? null)
            }
          }
        }), id),
      }
    },
    close: async () => {
      for (const launched of open) await launched.close().catch(() => undefined)
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}
