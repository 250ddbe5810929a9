import type { BrowserContext, Locator, Page } from 'playwright-core'
import { PASSWORD, RECEIVER, SENDER, type Roundcube } from './server.ts'

/** What a person does in Roundcube, by real keys and presses, in a browser with or without the extension. */

export type Format = 'html' | 'plain'

export async function logIn(context: BrowserContext, roundcube: Roundcube): Promise<Page> {
  const page = await context.newPage()
  page.on('dialog', (dialog) => void dialog.accept())
  await page.goto(roundcube.url)
  await page.fill('#rcmloginuser', SENDER)
  await page.fill('#rcmloginpwd', PASSWORD)
  await page.click('#rcmloginsubmit')
  await page.waitForSelector('#layout-menu')
  return page
}

/** The person's own setting: HTML always, or never. */
export async function chooseFormat(page: Page, roundcube: Roundcube, format: Format): Promise<void> {
  await page.goto(`${roundcube.url}/?_task=settings&_action=edit-prefs&_section=compose`)
  await page.selectOption('select[name=_htmleditor]', format === 'html' ? '1' : '0')
  await Promise.all([page.waitForEvent('load'), page.click('button.submit')])
}

/** Opens a new mail that is addressed and has a subject. Resolves to where its text is written. */
export async function compose(page: Page, roundcube: Roundcube, format: Format, subject: string): Promise<Locator> {
  await page.goto(`${roundcube.url}/?_task=mail&_action=compose`)
  return fillIn(page, format, subject)
}

export async function fillIn(page: Page, format: Format, subject: string): Promise<Locator> {
  const editor = editorOf(page, format)
  await editor.waitFor()
  await page.locator('#compose_to input[role=combobox]').pressSequentially(`${RECEIVER},`)
  await page.fill('#compose-subject', subject)
  return editor
}

/** Resolves when Roundcube has gone back to its list after a send, so that a second mail sent by the same page would have left too. */
export async function leaveComposer(page: Page): Promise<void> {
  await page.waitForURL((url) => url.searchParams.get('_action') !== 'compose')
  await page.waitForTimeout(500)
}

function editorOf(page: Page, format: Format): Locator {
  return format === 'html' ? page.frameLocator('#composebody_ifr').locator('body#tinymce') : page.locator('textarea#composebody')
}

/** What the mail would be sent with now. */
export function contentOf(page: Page, format: Format): Promise<string> {
  return format === 'plain'
    ? page.inputValue('textarea#composebody')
    : page.evaluate(() => (window as unknown as { tinymce: { activeEditor: { getContent(): string } } }).tinymce.activeEditor.getContent())
}

export const SEND = '.formbuttons button.send'
/** The same command at the foot of a narrow window. */
export const SMALL_SEND = '#layout-content .footer a.send'
export const SAVE_DRAFT = '#toolbar-menu a.save, a.save.draft'
