import '../../ui/tokens.css'
import '../../shell/shell.css'
import '../rules.css'
import './editor.css'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { useStore, type StoreApi } from 'zustand'
import type { Rule, RulePack } from '../../../lib/engine/index.ts'
import { stubI18n } from '../../review/fixtures/i18n-stub.ts'
import { startStage, type Stage } from '../../shell/fixtures/stage.ts'
import { EditorView } from './EditorView.tsx'
import { copySheet, newSheet, ownSheet, type PastDrafts, type Sheet } from './model.ts'
import { closeSheet, keepSheet, openSheet, unsaved } from './sheets.ts'
import { createEditorStore, type EditorState, type RulePort, type Saving } from './store.ts'

const RULE: Rule = {
  id: 'pricing/percent-off', title: 'Percent off', category: 'pricing', tier: 'review', owner: 'pricing', languages: ['en'], message: 'A discount is a commitment.', sources: [{ title: 'House rule' }],
  match: ['{percent} off', 'our {list:offers}'], unless: [], near: [], negation: 'lowers', hedge: 'lowers', question: 'lowers', quoted: 'lowers', where: ['subject', 'text', 'heading', 'list'], once: false, reasons: [],
  examples: { flagged: ['Get 20% off.'], clean: ['Only 20% saw it.'] },
}
const PACK: RulePack = { format: 1, id: 'pricing', version: '1.0.0', title: 'Pricing', description: 'Prices.', owner: 'pricing', lists: { offers: ['spring sale'] }, rules: [RULE] }

let stage: Stage
let saved: Saving[]
let answer: Awaited<ReturnType<RulePort['save']>> | Error
let left: string[]
let past: PastDrafts | null
const port: RulePort = {
  save: (saving) => {
    saved.push(saving)
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  },
}

function Shown({ store }: { readonly store: StoreApi<EditorState> }) {
  return <EditorView state={useStore(store)} past={past} packOff={false} onSave={() => void store.getState().save()} onDiscard={() => left.push('discard')} />
}

function show(sheet: Sheet): StoreApi<EditorState> {
  const store = createEditorStore(sheet, port)
  stage.show(<Shown key={sheet.key} store={store} />)
  return store
}

const save = () => page.getByRole('button', { name: 'Save rule' })
const closed = () => expect.element(save()).toHaveAttribute('aria-disabled', 'true')
const open = () => expect.element(save()).not.toHaveAttribute('aria-disabled')

/** Everything that a rule needs, in the form. */
async function fillNew(): Promise<void> {
  await userEvent.fill(page.getByLabelText('Title'), 'Half price')
  await userEvent.fill(page.getByLabelText('What the writer reads'), 'Check the price list.')
  await userEvent.fill(page.getByLabelText('Finds, line 1', { exact: true }), 'half price')
  await userEvent.fill(page.getByLabelText('Must find, line 1', { exact: true }), 'Half price today.')
  await userEvent.fill(page.getByLabelText('Must not, line 1', { exact: true }), 'Half of the price is tax.')
}

beforeEach(async () => {
  await page.viewport(1280, 900)
  stubI18n()
  stage = startStage()
  stage.host.className = 'view'
  saved = []
  left = []
  past = null
  answer = { ok: true }
})
afterEach(() => stage.end())

describe('a new rule', () => {
  it('is closed to saving and says the first thing that is missing, without red fields before anybody wrote', async () => {
    show(newSheet(null))
    await closed()
    await expect.element(save()).toHaveAccessibleDescription(/Title: Write a short title\./)
    expect(stage.host.querySelectorAll('[aria-invalid=true]')).toHaveLength(0)
    await stage.isAccessible()
    await userEvent.click(page.getByRole('button', { name: 'Show me' }))
    await expect.element(page.getByLabelText('Title')).toHaveFocus()
    await expect.element(page.getByLabelText('Title')).toHaveAttribute('aria-invalid', 'true')
    await stage.isAccessible()
  })

  it('opens when everything is there, is called after its title, and is saved once', async () => {
    show(newSheet({ ...PACK, id: 'personal', rules: [{ ...RULE, id: 'personal/half-price' }] }))
    await fillNew()
    await open()
    await userEvent.click(save())
    expect(saved).toMatchObject([{ rule: { id: 'personal/half-price-2', title: 'Half price', match: ['half price'], owner: 'promise' }, lists: {}, off: null, isNew: true }])
  })

  it('keeps Save closed while an example fails and says which', async () => {
    const store = show(newSheet(null))
    await fillNew()
    await userEvent.fill(page.getByLabelText('Must not, line 1', { exact: true }), 'This is half price.')
    await closed()
    await expect.element(save()).toHaveAccessibleDescription(/The rule finds “half price” in “This is half price\.”/)
    await stage.says('1 example fails')
    await expect.element(page.getByLabelText('Must not, line 1', { exact: true })).toHaveAccessibleDescription(/Must not be found, but “half price” is/)
    await userEvent.click(save(), { force: true })
    expect(await store.getState().save()).toBe(false)
    expect(saved).toEqual([])
    await stage.isAccessible()
  })

  it('says at its line what is wrong with a pattern, and from which character on', async () => {
    show(newSheet(null))
    await fillNew()
    await userEvent.fill(page.getByLabelText('Finds, line 1', { exact: true }), 'half {banana}')
    await expect.element(page.getByLabelText('Finds, line 1', { exact: true })).toHaveAccessibleDescription(/no entity "banana".*Look at character 7\./)
    await closed()
  })

  it('works by keyboard: Enter makes a line and goes there, its button takes it out again', async () => {
    show(newSheet(null))
    await userEvent.click(page.getByLabelText('Finds, line 1', { exact: true }))
    await userEvent.keyboard('half price{Enter}')
    await expect.element(page.getByLabelText('Finds, line 2', { exact: true })).toHaveFocus()
    await userEvent.keyboard('{Tab}{Enter}')
    await expect.element(page.getByLabelText('Finds, line 1', { exact: true })).toHaveFocus()
    expect(page.getByLabelText('Finds, line 2', { exact: true }).query()).toBeNull()
  })

  it('asks for the words of a list that does not exist yet', async () => {
    const store = show(newSheet(null))
    await fillNew()
    await userEvent.fill(page.getByLabelText('Finds, line 1', { exact: true }), '{list:bargains}')
    await closed()
    await expect.element(save()).toHaveAccessibleDescription(/Word list “bargains”: Write at least one word or phrase\./)
    await userEvent.click(page.getByRole('button', { name: 'Show me' }))
    await expect.element(page.getByLabelText('Words of the list “bargains”, one a line')).toHaveFocus()
    await userEvent.fill(page.getByLabelText('Words of the list “bargains”, one a line'), 'half price\nHalf price\n\nbogof')
    await open()
    await userEvent.click(save())
    expect(saved[0]?.lists).toEqual({ bargains: ['half price', 'bogof'] })
    expect(store.getState().lists).toEqual({ bargains: ['half price', 'bogof'] })
  })

  it('is tried once after the last of many keystrokes, and at once when it is saved', async () => {
    const store = show(newSheet(null))
    const checks = new Set<unknown>()
    store.subscribe(({ check }) => checks.add(check))
    const before = store.getState().check
    for (let typed = 1; typed <= 200; typed++) store.getState().change({ title: 'x'.repeat(Math.ceil(typed / 2)) })
    expect([...checks]).toEqual([before])
    await expect.poll(() => store.getState().pending).toBe(false)
    expect(checks.size).toBe(2)
    store.getState().change({ title: '' })
    expect(await store.getState().save()).toBe(false)
    expect(store.getState().check.issues[0]?.path).toEqual(['title'])
  })

  it('marks what it finds in a pasted text while it is written, and stays quick with a very long one', async () => {
    show(newSheet(null))
    await fillNew()
    await userEvent.fill(page.getByLabelText('Paste or write a text'), 'Now half price.\nOr HALF PRICE later.')
    await expect.poll(() => [...stage.host.querySelectorAll('.try mark')].map((mark) => mark.textContent)).toEqual(['half price', 'HALF PRICE'])
    await userEvent.fill(page.getByLabelText('Finds, line 1', { exact: true }), 'later')
    await expect.poll(() => [...stage.host.querySelectorAll('.try mark')].map((mark) => mark.textContent)).toEqual(['later'])
    await userEvent.fill(page.getByLabelText('Paste or write a text'), 'Not now but later. '.repeat(20_000))
    await stage.says('Tried on the first 100,000 characters.')
    await stage.says('and 150 more')
  })
})

describe('the two views', () => {
  it('show the same rule, and switching loses neither values nor comments', async () => {
    const store = show(newSheet(null))
    await fillNew()
    await userEvent.click(page.getByRole('button', { name: 'YAML' }))
    const yaml = page.getByLabelText('The rule as YAML')
    await stage.isAccessible()
    const text = store.getState().text
    expect(text).toContain('title: Half price')
    await userEvent.fill(yaml, `# agreed in May\n${text.replace('tier: review', 'tier: note # for now')}`)
    await userEvent.click(page.getByRole('button', { name: 'Form' }))
    await expect.element(page.getByLabelText('Tier')).toHaveValue('note')
    await userEvent.fill(page.getByLabelText('Title'), 'Half the price')
    await userEvent.click(page.getByRole('button', { name: 'YAML' }))
    expect(store.getState().text).toMatch(/^# agreed in May\n/)
    expect(store.getState().text).toContain('tier: note # for now')
    expect(store.getState().text).toContain('title: Half the price')
    await open()
  })

  it('say line, column and what to do in bad YAML, keep it, and keep the form closed until it can be read', async () => {
    const store = show(newSheet(null))
    await fillNew()
    await userEvent.click(page.getByRole('button', { name: 'YAML' }))
    const good = store.getState().text
    const bad = good.replace('tier: review', 'tier: [review')
    await userEvent.fill(page.getByLabelText('The rule as YAML'), bad)
    await expect.element(save()).toHaveAccessibleDescription(/The YAML cannot be read: line \d+, column \d+\./)
    await stage.says('close what was opened with [ or {.')
    await closed()
    await stage.isAccessible()
    await userEvent.click(page.getByRole('button', { name: 'Form' }), { force: true })
    await expect.element(page.getByLabelText('The rule as YAML')).toHaveValue(bad)
    await userEvent.fill(page.getByLabelText('The rule as YAML'), good.replace('tier: review', 'tierr: review'))
    await stage.says('There is no field "tierr" here. Did you mean "tier"?')
    const place = page.getByRole('button', { name: /^Line \d+, column 1\.$/ }).first()
    await userEvent.click(place)
    await expect.element(page.getByLabelText('The rule as YAML')).toHaveFocus()
    await userEvent.fill(page.getByLabelText('The rule as YAML'), good)
    await open()
  })

  it('show a wrong value at its field when the form is opened', async () => {
    const store = show(newSheet(null))
    await fillNew()
    await userEvent.click(page.getByRole('button', { name: 'YAML' }))
    await userEvent.fill(page.getByLabelText('The rule as YAML'), store.getState().text.replace('tier: review', 'tier: loud').replace('title: House rule', 'title: House rule\n    url: nowhere'))
    await userEvent.click(page.getByRole('button', { name: 'Form' }))
    await expect.element(page.getByLabelText('Tier')).toHaveAccessibleDescription(/Choose one of the tiers in the list\./)
    await expect.element(page.getByLabelText('Link')).toHaveAccessibleDescription(/Write the full address, starting with https:\/\/\./)
    await stage.isAccessible()
  })
})

describe('a rule of another pack', () => {
  it('is changed as a copy with its word lists, and the original is switched off unless a person says otherwise', async () => {
    const own: RulePack = { ...PACK, id: 'personal', title: 'My rules', rules: [{ ...RULE, id: 'personal/x' }], lists: { offers: ['other words'] } }
    show(copySheet(RULE, PACK, own))
    await stage.says('You are changing a copy in your own pack.')
    await expect.element(page.getByLabelText('Finds, line 2', { exact: true })).toHaveValue('our {list:pricing-offers}')
    await open()
    await userEvent.click(save())
    expect(saved[0]).toMatchObject({ rule: { id: 'personal/pricing-percent-off', negation: 'lowers' }, lists: { 'pricing-offers': ['spring sale'] }, off: 'pricing/percent-off', isNew: true })
    await userEvent.click(page.getByLabelText(/Switch the original/))
    await userEvent.click(save())
    expect(saved[1]?.off).toBeNull()
  })
})

describe('an own rule', () => {
  const sheet = (): Sheet => ownSheet({ ...RULE, id: 'personal/mine', match: ['{percent} off'] }, { ...PACK, id: 'personal', rules: [] })

  it('keeps its id', async () => {
    const store = show(sheet())
    await userEvent.click(page.getByRole('button', { name: 'YAML' }))
    await userEvent.fill(page.getByLabelText('The rule as YAML'), store.getState().text.replace('personal/mine', 'personal/other'))
    await stage.says('A saved rule keeps its id, because records name it. Write personal/mine again, or make a new rule.')
    await closed()
  })

  it('says why it could not be stored, and can be saved again', async () => {
    const store = show(sheet())
    answer = new Error('disk is full')
    await userEvent.click(save())
    await expect.element(page.getByRole('alert')).toHaveTextContent('Not saved, and nothing has changed: disk is full')
    answer = { ok: false, problems: ['Another rule fails.'] }
    await userEvent.click(save())
    await expect.element(page.getByRole('alert')).toHaveTextContent('Another rule fails.')
    answer = { ok: true }
    expect(await store.getState().save()).toBe(true)
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
  })

  it('asks before changes are thrown away', async () => {
    show(sheet())
    await userEvent.click(page.getByRole('button', { name: 'Cancel' }))
    expect(left).toEqual(['discard'])
    await userEvent.fill(page.getByLabelText('Title'), 'Other')
    await userEvent.click(page.getByRole('button', { name: 'Discard changes' }))
    expect(left).toHaveLength(1)
    await userEvent.click(page.getByRole('dialog').getByRole('button', { name: 'Discard changes' }))
    expect(left).toHaveLength(2)
  })

  it('is kept while a person looks elsewhere, and only with changes that are not saved; the browser asks before it closes', async () => {
    const leaving = (): boolean => !dispatchEvent(new Event('beforeunload', { cancelable: true }))
    const store = show(sheet())
    keepSheet(store)()
    expect(openSheet('personal/mine')).toBeNull()
    const leave = keepSheet(store)
    store.getState().change({ title: 'Other' })
    expect(leaving()).toBe(true)
    leave()
    expect(openSheet('personal/mine')).toBe(store)
    expect(unsaved.getState().sheets).toEqual([{ key: 'personal/mine', title: 'Other' }])
    closeSheet('personal/mine')
    expect(unsaved.getState().sheets).toEqual([])
    expect(leaving()).toBe(false)
  })
})

describe('the pattern language', () => {
  it('is on a panel that takes the focus, and Esc gives it back', async () => {
    show(newSheet(null))
    await userEvent.click(page.getByRole('button', { name: 'How patterns work' }))
    await expect.element(page.getByRole('heading', { name: 'How patterns work' })).toHaveFocus()
    await expect.element(page.getByRole('complementary')).toHaveTextContent('{list:products}')
    await stage.isAccessible()
    await userEvent.keyboard('{Escape}')
    await expect.element(page.getByRole('button', { name: 'How patterns work' })).toHaveFocus()
    expect(page.getByRole('complementary').query()).toBeNull()
  })

  it('says only what is so', async () => {
    const { ENTITY_SAMPLES, LESSON_LISTS, LESSONS } = await import('./PatternHelp.tsx')
    const { tryRule } = await import('../../../lib/packs/index.ts')
    for (const { pattern, finds, not } of LESSONS) {
      const trial = tryRule({ match: [pattern], negation: 'ignores', hedge: 'ignores', question: 'ignores', quoted: 'ignores', examples: { flagged: [...finds], clean: [...not] } }, LESSON_LISTS)
      expect([pattern, trial.faults, trial.examples.filter(({ ok }) => !ok)]).toEqual([pattern, [], []])
    }
    for (const [kind, sample] of Object.entries(ENTITY_SAMPLES)) {
      const trial = tryRule({ match: [`{${kind}}`], examples: { flagged: [sample] } }, {})
      expect([kind, trial.examples[0]?.quote]).toEqual([kind, sample])
    }
  })
})

describe('why a text is or is not flagged', () => {
  const tryText = async (text: string): Promise<void> => {
    show(ownSheet({ ...RULE, id: 'personal/percent-off', unless: ['{percent} off target'], negation: 'clears' }, { ...PACK, id: 'personal' }))
    await userEvent.fill(page.getByLabelText('Paste or write a text'), text)
    await userEvent.click(page.getByText('Why?'))
  }

  it.each([
    ['Sales are 20% off target.', 'matches but is not flagged: an exception touches it.'],
    ['There is no 20% off here.', 'matches but is not flagged: a negation clears it.'],
    ['You get 20% today.', 'Missing in this sentence: off'],
    ['Get 20% off.', 'is found'],
    ['Hello there.', 'Nothing in this paragraph is in any pattern.'],
  ])('is said in words: %s', async (text, words) => {
    await tryText(text)
    await stage.says(words)
    if (text.includes('20%')) await expect.element(page.getByRole('group', { name: 'How the words are read' })).toHaveTextContent('{percent}')
    await stage.isAccessible()
  })
})

describe('drafts of the last month', () => {
  const draft = (text: string) => ({ kind: 'email' as const, site: 'gmail', subject: '', recipients: [], text, blocks: [{ span: { start: 0, end: text.length }, kind: 'text' as const }], locale: '' })

  it('say what the rule would have caught while it is written, with the way to each', async () => {
    past = { drafts: [{ number: 7, at: 1_000_000, draft: draft('It is 30% off, then 40% off.') }, { number: 8, at: 2_000_000, draft: draft('See you.') }], withoutText: 3 }
    show(ownSheet({ ...RULE, id: 'personal/percent-off' }, { ...PACK, id: 'personal' }))
    await stage.says('Would have caught 1 of 2 drafts')
    await stage.says('3 more drafts were recorded without their texts.')
    expect(page.getByRole('link', { name: /1970/ }).element().getAttribute('href')).toBe('#/history/7')
    await userEvent.fill(page.getByLabelText('Finds, line 1', { exact: true }), 'see you')
    await userEvent.fill(page.getByLabelText('Finds, line 2', { exact: true }), 'until then')
    await expect.element(page.getByRole('link', { name: /1970/ })).toHaveAttribute('href', '#/history/8')
    await stage.isAccessible()
  })

  it('that were kept without their texts say where that is chosen', async () => {
    past = { drafts: [], withoutText: 2 }
    show(newSheet(null))
    await stage.says('recorded without their texts')
    await expect.element(page.getByRole('link', { name: 'Settings' })).toHaveAttribute('href', '#/settings')
  })
})

describe('everywhere', () => {
  it.each([[320, 'ltr'], [700, 'ltr'], [1280, 'ltr'], [1280, 'rtl']] as const)('fits into %i pixels, %s', async (width, dir) => {
    await page.viewport(width, 800)
    document.documentElement.dir = dir
    try {
      show(copySheet(RULE, PACK, null))
      await stage.says('Save rule')
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width)
    } finally {
      document.documentElement.dir = ''
    }
  })

  it.each(['light', 'dark'])('has enough contrast, %s', async (theme) => {
    document.documentElement.dataset['theme'] = theme
    try {
      const store = show(newSheet(null))
      await fillNew()
      store.getState().touchAll()
      await userEvent.fill(page.getByLabelText('Title'), '')
      await userEvent.fill(page.getByLabelText('Must find, line 1', { exact: true }), 'Never.')
      await stage.says('1 example fails')
      await stage.isAccessible()
    } finally {
      delete document.documentElement.dataset['theme']
    }
  })
})
