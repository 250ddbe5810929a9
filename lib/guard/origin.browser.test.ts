import { describe, expect, it } from 'vitest'
import { cdp, userEvent } from 'vitest/browser'
import { body, CHATGPT, click, core, corrections, given, known, load, marks, origin, paste, session, TEXT, usePage } from './origin-page.fixture.ts'

usePage()

describe('an AI draft', () => {
  it('is known when it is pasted from a chat page', async () => {
    await paste(CHATGPT)
    expect((await origin()).verdict).toBe('ai')
    expect(await marks()).toContain('chatgpt-data-is-last-node')
    expect((await origin()).places).toMatchObject([{ kind: 'paste', product: 'ChatGPT', edited: 0 }])
  })

  it('is known when it was pasted before the checking script came', async () => {
    core.dispose()
    await load('', () => paste(CHATGPT))
    expect(await origin()).toMatchObject({ verdict: 'ai', places: [{ kind: 'paste', product: 'ChatGPT' }] })
    core.dispose()
    await load('', async () => {
      await userEvent.click(body())
      await userEvent.keyboard('Hello Ann')
    })
    expect(await origin()).toEqual({ verdict: 'typed', evidence: [] })
  })

  it('is known again after edits, in a draft that was closed and opened again, from digests alone', async () => {
    await userEvent.click(body())
    await userEvent.keyboard('Hello Ann, [Enter]')
    session.ask()
    await paste(CHATGPT)
    session.ask()
    const html = body().innerHTML.replace(/ data-[\w-]+="[^"]*"/g, '')
    core.dispose()
    expect(JSON.stringify([...known])).not.toContain('rooms')
    await load(html)
    expect(await origin()).toMatchObject({ verdict: 'ai', places: [{ kind: 'paste', product: 'ChatGPT' }] })
    core.dispose()
    known.clear()
    await load(html)
    expect(await origin()).toMatchObject({ verdict: 'unknown', evidence: [{ class: 'unseen', mark: 'stood-before' }] })
  })

  it('is known when the page draws its editor anew at once', async () => {
    await paste(CHATGPT)
    session.ask()
    const again = body().cloneNode(true) as HTMLElement
    again.querySelectorAll('p').forEach((line) => [...line.attributes].forEach(({ name }) => line.removeAttribute(name)))
    body().replaceWith(again)
    expect(await origin()).toMatchObject({ verdict: 'ai', places: [{ kind: 'paste', product: 'ChatGPT' }] })
  })

  it('is not made of another draft that shares a paragraph with one of which a person spoke', async () => {
    core.dispose()
    await load(`<p>${TEXT.slice(0, 60)}</p><p>${TEXT.slice(60)}</p>`)
    session.declareOrigin(true)
    core.dispose()
    await load(`<p>${TEXT.slice(0, 60)}</p><p>We met in Lyon, and I promised to write to you about the plan as soon as it is there.</p>`)
    expect(await origin()).toMatchObject({ verdict: 'unknown' })
    core.dispose()
    await load(`<p>${TEXT.slice(0, 60)}</p><p>${TEXT.slice(60)}</p>`)
    expect(await origin()).toMatchObject({ verdict: 'ai', evidence: [{ class: 'unseen' }, { mark: 'declared-ai' }] })
  })

  it('does not make a new draft one of its own because a short closing is the same', async () => {
    await paste('<p data-start="0" data-end="60">Thank you for your message and for the list of all rooms.</p><p data-is-last-node="">Kind regards, Ann</p>', 'Thank you for your message and for the list of all rooms.\nKind regards, Ann')
    session.ask()
    core.dispose()
    await load('<p>We met in Lyon and I promised to write to you soon.</p><p>Kind regards, Ann</p>')
    expect(await origin()).toEqual({ verdict: 'unknown', evidence: [] })
    core.dispose()
    await load('<p>Thank you for your message and for the list of all rooms.</p><p>Kind regards, Ann</p>')
    expect(await origin()).toMatchObject({ verdict: 'ai', places: [{ first: 1, last: 2 }] })
  })

  it('is gone when it was deleted, and back by undo', async () => {
    await paste(CHATGPT)
    session.ask()
    await userEvent.keyboard('{Control>}a{/Control}{Delete}')
    await userEvent.keyboard('My own short words.')
    expect((await origin()).verdict).toBe('typed')
    for (let at = 0; at < 25 && (await origin()).verdict !== 'ai'; at++) await userEvent.keyboard('{Control>}z{/Control}')
    expect((await origin()).verdict).toBe('ai')
  })

  it('is known by a press on an assistant in the page, then text that nobody typed', async () => {
    document.querySelector('#assistant')?.addEventListener('click', () => {
      body().focus()
      document.execCommand('insertText', false, TEXT)
    })
    await click('assistant')
    expect(await origin()).toMatchObject({ verdict: 'ai', evidence: [{ class: 'act', product: 'Copilot' }] })
  })

  it('is known by marks that a pack brought, in what is pasted and in the words', async () => {
    core.dispose()
    given.packMarks = { checked: '2999-01-01', html: [{ id: 'nova-turn', product: 'Nova', strength: 'sure', attributes: { 'data-nova-turn': { is: 'number' } } }], text: [{ id: 'nova-cite', product: 'Nova', class: 'T1', contains: ['[nova:#]'] }] }
    await load()
    await paste(`<p data-nova-turn="1">${TEXT}</p>`)
    expect(await origin()).toMatchObject({ verdict: 'ai', evidence: [{ class: 'T2', mark: 'nova-turn', product: 'Nova' }] })
    core.dispose()
    await load()
    await userEvent.click(body())
    await userEvent.keyboard('We start on Monday [[nova:3].')
    expect(body().textContent).toContain('[nova:3]')
    expect(await origin()).toMatchObject({ verdict: 'ai', evidence: [{ class: 'T1', mark: 'nova-cite' }] })
  })

  it('is known by marks of a pack that the guard was given before the rules came, and by the built-in ones when they are no marks', async () => {
    core.dispose()
    await load('', async () => {
      core.useMarks([{ checked: '2999-01-01', html: [{ id: 'nova-turn', product: 'Nova', strength: 'sure', attributes: { 'data-nova-turn': { is: 'number' } } }] }])
      expect(() => core.useMarks([{ checked: 'x', html: [null] }] as never)).toThrow()
      await paste(`<p data-nova-turn="1">${TEXT}</p>`)
    })
    expect(await origin()).toMatchObject({ verdict: 'ai', evidence: [{ mark: 'nova-turn' }] })
  })

  it.each([
    ['Gemini', '<button aria-label="Google Gemini: insert">Insert</button>'], ['Copilot', '<button aria-label="Draft with Copilot">Keep it</button>'], ['Agentforce', '<div class="agentforce-panel"><button>Insert</button></div>'],
    ['Jetpack AI', '<div class="jetpack-ai-assistant-bar"><button>Accept</button></div>'], ['Notion AI', '<div aria-label="Notion AI"><button>Insert</button></div>'], ['Grammarly', '<grammarly-extension><button>Accept</button></grammarly-extension>'],
    ['Compose AI', '<div title="Compose AI"><button>Insert</button></div>'],
  ])('is known by the act: a real press on %s, whose words then come in portions as DOM nodes', async (product, html) => {
    const panel = Object.assign(document.createElement('aside'), { innerHTML: html })
    document.body.append(panel)
    const words = TEXT.split(' ')
    panel.querySelector('button')?.addEventListener('click', () => { body().textContent = words.slice(0, 20).join(' ') })
    await userEvent.click(panel.querySelector('button') as Element)
    session.ask()
    body().textContent = TEXT
    expect(await origin()).toMatchObject({ verdict: 'ai', evidence: [{ class: 'act', product }] })
  })

  it('is known when a person says so, which is kept as a correction', async () => {
    await userEvent.click(body())
    await userEvent.keyboard('Hello Ann,')
    session.ask()
    await userEvent.keyboard('{Control>}{Shift>}{F8}{/Shift}{/Control}')
    expect((await origin()).verdict).toBe('ai')
    expect(corrections).toMatchObject([{ rule: 'origin/verdict', before: 'typed', after: 'ai', sentence: '' }])
    session.declareOrigin(false)
    expect(corrections.at(-1)).toMatchObject({ before: 'ai', after: 'typed' })
    expect(JSON.stringify(corrections)).not.toContain('Hello')
    session.declareOrigin(null)
    expect(await origin()).toEqual({ verdict: 'typed', evidence: [] })
  })
})

describe('not from an AI', () => {
  it('typing, with corrections of the keyboard', async () => {
    await userEvent.click(body())
    await userEvent.keyboard(TEXT.slice(0, 80))
    expect(await origin()).toEqual({ verdict: 'typed', evidence: [] })
  })

  it('dictation and emoji pickers, which bring many characters at once', async () => {
    body().focus()
    await cdp().send('Input.insertText', { text: TEXT })
    expect(await origin()).toEqual({ verdict: 'typed', evidence: [] })
  })

  it('habits of style, which are named where a person asked for hints, and decide nothing', async () => {
    const words = 'I hope this email finds you well. Please do not hesitate to reach out.'
    await userEvent.click(body())
    await userEvent.keyboard(words)
    expect(await origin()).toEqual({ verdict: 'typed', evidence: [] })
    const before = session.snapshot().requirement
    core.dispose()
    given.styleHints = true
    await load()
    await userEvent.click(body())
    await userEvent.keyboard(words)
    expect(await origin()).toMatchObject({ verdict: 'typed', evidence: [{ class: 'T4', mark: 'stock-opening' }, { class: 'T4', mark: 'stock-closing' }] })
    expect(session.snapshot().requirement).toEqual(before)
  })

  it('an input method, whose words come in steps', async () => {
    body().focus()
    let words = ''
    for (const [letters, word] of [['xiexienidelaixin', '谢谢你的来信'], ['womenzhouyikaishigongzuo', '我们周一开始工作']] as const) {
      for (let at = 1; at <= letters.length; at++) await cdp().send('Input.imeSetComposition', { text: letters.slice(0, at), selectionStart: at, selectionEnd: at })
      await cdp().send('Input.insertText', { text: word })
      words += word
    }
    expect(body().textContent).toBe(words)
    expect(await origin()).toEqual({ verdict: 'typed', evidence: [] })
    expect(core.inputLog(session.root).explained, 'nothing is left over that could cover an insertion').toBeLessThan(20)
  })

  it('the replacement of a misspelt word, also by an extension', async () => {
    await userEvent.click(body())
    await userEvent.keyboard('I recieved your mesage and wil answer tomorow.')
    session.ask()
    const node = body().firstChild as Text
    for (const [wrong, right] of [['recieved', 'received'], ['mesage', 'message'], ['tomorow', 'tomorrow']] as const) {
      node.data = node.data.replace(wrong, right)
      session.ask()
    }
    expect(await origin()).toEqual({ verdict: 'typed', evidence: [] })
  })

  it('a text expander that replaces an abbreviation is text without typing, cause unknown, and a short one nothing', async () => {
    await userEvent.click(body())
    await userEvent.keyboard('Hello Ann, ;br')
    session.ask()
    document.execCommand('insertText', false, 'Best regards, Ben from the lamps team')
    expect((await origin()).verdict).toBe('typed')
    document.execCommand('insertText', false, TEXT)
    expect(await origin()).toMatchObject({ verdict: 'inserted', evidence: [{ class: 'insertion' }] })
  })

  it('a composer of another extension, which nobody saw pressed: text without typing, cause unknown, whichever way it puts it in', async () => {
    const ways: Readonly<Record<string, () => void>> = {
      execCommand: () => document.execCommand('insertText', false, TEXT),
      'execCommand of HTML': () => document.execCommand('insertHTML', false, `<p>${TEXT}</p>`),
      'synthetic paste that the editor takes': () => {
        body().addEventListener('paste', (event) => { body().textContent = event.clipboardData?.getData('text/plain') ?? '' }, { once: true })
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', TEXT)
        body().dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      },
      'DOM and an input event of its own': () => {
        body().textContent = TEXT
        body().dispatchEvent(new InputEvent('input', { inputType: 'insertText', data: TEXT, bubbles: true }))
      },
    }
    for (const [name, put] of Object.entries(ways)) {
      core.dispose()
      await load()
      body().focus()
      put()
      expect(body().textContent?.length, name).toBeGreaterThan(200)
      expect((await origin()).verdict, name).toBe('inserted')
      expect((await origin()).evidence.map(({ class: kind }) => kind), name).toEqual(['insertion'])
    }
  })

  it('a stretch that is dragged to another place of the draft', async () => {
    core.dispose()
    await load(`<p id="from">${TEXT.slice(0, 60)}</p><p id="to">We met in Lyon.</p>`)
    getSelection()?.selectAllChildren(document.querySelector('#from') as Element)
    await userEvent.dragAndDrop(document.querySelector('#from') as Element, document.querySelector('#to') as Element)
    expect(document.querySelector('#to')?.textContent, 'the browser moved it').toContain(TEXT.slice(10, 40))
    expect((await origin()).evidence).toEqual([])
    expect((await origin()).places).toBeUndefined()
  })

  it('a template or snippet that a control of the page puts in', async () => {
    document.querySelector('#templates')?.addEventListener('click', () => { body().textContent = TEXT })
    await click('templates')
    expect(await origin()).toEqual({ verdict: 'unknown', evidence: [] })
  })

  it('what stood there from the start, signature and quoted history', async () => {
    core.dispose()
    await load(`<p>Hi</p><div class="signature">${TEXT}</div><div class="quote">${TEXT}</div>`)
    expect(await origin()).toEqual({ verdict: 'unknown', evidence: [] })
  })

  it('lines that an editor shows by scrolling', async () => {
    core.dispose()
    await load('<div class="cm-gap"></div><div>One</div>')
    body().append(...TEXT.split('. ').map((line) => Object.assign(document.createElement('div'), { textContent: line })))
    expect(await origin()).toMatchObject({ verdict: 'unknown', evidence: [{ class: 'unseen' }] })
  })

  it('a paste of plain web text, and of one’s own words', async () => {
    await paste(`<div class="article"><p>${TEXT}</p></div>`)
    expect(await origin()).toMatchObject({ verdict: 'unknown', evidence: [] })
    await userEvent.keyboard('{Control>}a{/Control}{Delete}')
    await userEvent.keyboard('We start with the plan for each of the rooms on Monday. ')
    session.ask()
    await userEvent.keyboard('{Control>}a{/Control}')
    await userEvent.cut()
    session.ask()
    await userEvent.paste()
    await userEvent.paste()
    expect(await origin()).toEqual({ verdict: 'typed', evidence: [] })
  })

  it('an article about these marks', async () => {
    await paste('<p>The attribute data-is-last-node="" and class="font-claude-response-body"; &lt;grok-card&gt;</p><pre>&lt;p data-path-to-node="1"&gt;</pre>', 'Look for `citeturn0search0` in the text.')
    expect(await origin()).toMatchObject({ verdict: 'unknown', evidence: [] })
  })

  it('a person called Claude, a word with "ai" in it, a plain Insert button', async () => {
    for (const id of ['person', 'mail', 'plain']) {
      core.dispose()
      await load()
      await click(id)
      body().textContent = TEXT
      expect((await origin()).verdict, id).toBe('inserted')
    }
  })

  it('autofill of a field, which is short', async () => {
    core.dispose()
    await load()
    body().textContent = '12 High Street, London W1A 1AA'
    expect(await origin()).toMatchObject({ verdict: 'unknown', evidence: [] })
  })
})
