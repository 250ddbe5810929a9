import type { BrowserContext, Page } from 'playwright-core'
import { startEditors } from '../../editors/server.mjs'
import { launchBare, launchExtension, startDesk, type ExtensionUnderTest } from './index.ts'

/** The pages of the real editors, in a browser with the extension and in one without. */
export interface EditorPages {
  readonly browser: ExtensionUnderTest
  readonly bare: { readonly context: BrowserContext; readonly page: Page }
  /** Opens an editor by module and mount of `test/editors/mount` and presses into its first words, as a person begins. */
  readonly open: (page: Page, module: string, mount: string, more?: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** What the mounted page hands to tests. */
export interface PageEditor { elements(): HTMLElement[]; output(): string | Promise<string>; redraw(): unknown }

export async function startEditorPages(): Promise<EditorPages> {
  const desk = await startDesk()
  const pages = await startEditors()
  const browser = await launchExtension({ desk, settings: { sites: [{ prefix: `${pages.url}/`, adapter: 'generic', on: true }] } })
  const bare = await launchBare()
  return {
    browser,
    bare,
    async open(page, module, mount, more = '') {
      await page.goto(`${pages.url}/?module=${module}&mount=${mount}${more}`)
      await page.waitForSelector('body[data-ready]')
      const { x, y } = await page.evaluate(() => {
        const element = (window as unknown as { editor: PageEditor }).editor.elements()[0]!
        const frame = element.ownerDocument.defaultView!.frameElement?.getBoundingClientRect()
        const { left, top } = element.getBoundingClientRect()
        return { x: left + (frame?.left ?? 0), y: top + (frame?.top ?? 0) }
      })
      await page.mouse.click(x + 30, y + 14)
    },
    async close() {
      await browser.close()
      await bare.close()
      await pages.close()
      await desk.close()
    },
  }
}
