import type { BrowserContext, Locator, Page } from 'playwright-core'
import { AUTHORS, PASSWORD, type Author, type WordPress } from './server.ts'

/** What an author does in WordPress, by real keys and presses, in a browser with or without the extension. */

export interface Draft {
  readonly page: Page
  /** Where one writes: covers the point where `enter` presses. */
  readonly editor: Locator
}

/** A page of the application with its author logged in. */
export async function logIn(context: BrowserContext, wordpress: WordPress, author: Author): Promise<Page> {
  await context.clearCookies()
  const page = await context.newPage()
  page.on('dialog', (dialog) => void dialog.accept())
  await page.goto(`${wordpress.url}/wp-login.php`)
  await page.fill('#user_login', AUTHORS[author])
  await page.fill('#user_pass', PASSWORD)
  await page.click('#wp-submit')
  await page.waitForSelector('#wpadminbar')
  return page
}

const TITLE = '.editor-post-title__input'
export const PARAGRAPH = 'p.block-editor-rich-text__editable'

async function blockEditor(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.waitForSelector(TITLE)
}

interface Wp {
  readonly wp: { readonly data: { select(store: string): { getEditedPostContent(): string } } }
}

/** A new post in the block editor with its title, the caret in its first empty paragraph. */
export async function newBlockPost(page: Page, wordpress: WordPress, title: string): Promise<Draft> {
  await blockEditor(page, `${wordpress.url}/wp-admin/post-new.php`)
  await page.click(TITLE)
  await page.keyboard.type(title)
  await page.click('.block-editor-default-block-appender__content')
  return { page, editor: page.locator(PARAGRAPH).last() }
}

/** A post that is there, in the block editor, the caret in a new paragraph at its end. */
export async function openBlockPost(page: Page, wordpress: WordPress, id: number): Promise<Draft> {
  await blockEditor(page, `${wordpress.url}/wp-admin/post.php?post=${id}&action=edit`)
  await page.locator(PARAGRAPH).last().click()
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.press('Enter')
  return { page, editor: page.locator(PARAGRAPH).last() }
}

/** What the block editor would save now. */
export function blockContent(page: Page): Promise<string> {
  return page.evaluate(() => (window as unknown as Wp).wp.data.select('core/editor').getEditedPostContent())
}

/** Chooses a day in 2030 in the block editor's calendar. */
export async function chooseDate(page: Page): Promise<void> {
  // The first tab of the settings: the post's own, beside that of the block.
  await page.click('.edit-post-sidebar__panel-tab >> nth=0')
  await page.click('.edit-post-post-schedule__toggle')
  await page.fill('.components-datetime__time-field-year input, input.components-datetime__time-field-year-input', '2030')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Escape')
}

export const SAVE_DRAFT = { block: '.editor-post-save-draft', classic: '#save-post' }
export const PUBLISH = { toggle: '.editor-post-publish-panel__toggle', press: '.editor-post-publish-panel .editor-post-publish-button', live: '.edit-post-header__settings .editor-post-publish-button' }

/** A new post in the classic editor with its title, in its visual or its text tab. */
export async function newClassicPost(page: Page, wordpress: WordPress, title: string, tab: 'visual' | 'text'): Promise<Draft> {
  await page.goto(`${wordpress.url}/wp-admin/post-new.php`)
  await page.fill('#title', title)
  return { page, editor: await classicTab(page, tab) }
}

/** A post that is there, in the classic editor, the caret at its end. */
export async function openClassicPost(page: Page, wordpress: WordPress, id: number, tab: 'visual' | 'text'): Promise<Draft> {
  await page.goto(`${wordpress.url}/wp-admin/post.php?post=${id}&action=edit`)
  return { page, editor: await classicTab(page, tab) }
}

async function classicTab(page: Page, tab: 'visual' | 'text'): Promise<Locator> {
  await page.click(tab === 'visual' ? '#content-tmce' : '#content-html')
  const editor = tab === 'visual' ? page.frameLocator('#content_ifr').locator('body#tinymce') : page.locator('textarea#content')
  await editor.waitFor()
  return editor
}

/** What the classic editor would save now: its text area, into which the visual tab writes. */
export function classicContent(page: Page): Promise<string> {
  return page.evaluate(() => {
    ;(window as unknown as { tinymce?: { triggerSave(): void } }).tinymce?.triggerSave()
    return document.querySelector<HTMLTextAreaElement>('#content')!.value
  })
}

export async function chooseClassicDate(page: Page): Promise<void> {
  await page.click('.edit-timestamp')
  await page.fill('#aa', '2030')
  await page.click('.save-timestamp')
}
