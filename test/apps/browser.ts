import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext } from 'playwright-core'
import type { SiteId } from '../../lib/sites/index.ts'
import { practiceSettings, seedSettings } from '../e2e/harness/index.ts'
import { practiceExtension } from '../run/build.mjs'
import { launchWithExtension } from '../run/launch.mjs'

export interface AppBrowser {
  readonly context: BrowserContext
  readonly close: () => Promise<void>
}

/** Real Chromium with the built extension, on for one address, the reviewer the one of the practice desk. */
export async function openBrowser(prefix: string, adapter: SiteId): Promise<AppBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-app-'))
  const launched = await launchWithExtension({ extension: practiceExtension(join(folder, 'extension')), viewport: { width: 1440, height: 900 } })
  await seedSettings(launched.worker, { ...practiceSettings(prefix), sites: [{ prefix, adapter, on: true }] })
  return {
    context: launched.context,
    close: async () => {
      await launched.close()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}

/** Names of ours in a text that must have none: attributes, classes, custom properties, highlight names, the host of the interface. */
const OURS = /countersign|data-cs\b|\bcs-[a-z]|::highlight/i

/** What in a text is ours; null when nothing is. */
export function oursIn(text: string): string | null {
  return OURS.exec(text)?.[0] ?? null
}
