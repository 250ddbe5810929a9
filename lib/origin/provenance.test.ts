import { describe, expect, it } from 'vitest'
import { Attribution, originOf, placesIn, Provenance, standingArrivals, transferOf, type Act, type Evidence, type InputLog } from './index.ts'

const CHAT: Evidence = { class: 'T2', mark: 'chatgpt-data-is-last-node', product: 'ChatGPT', count: 1 }
const log = (): InputLog => ({ explained: 0, free: false, synthetic: false, transfers: [], acts: { last: null } })

/** One body of a draft as a person sees it: what they do, then the next reading. */
function body(...stood: string[]) {
  const seen = log()
  let clock = 1_000
  let texts = stood
  const blocks = () => texts.map((text) => ({ text, counted: !text.startsWith('> ') }))
  const attribution = new Attribution(seen, clock)
  const provenance = new Provenance(blocks(), attribution.typed, () => ({ kind: 'stood', chars: stood.join('').length, at: clock }))
  return {
    log: seen,
    wait(ms: number) { clock += ms },
    press(product: string | null) { seen.acts.last = { product, at: clock } satisfies Act },
    paste(text: string, ...marks: Evidence[]) { seen.transfers.push(transferOf('paste', marks, text.length, clock)) },
    keys(chars: number) { seen.explained += chars },
    reads(...now: string[]) {
      texts = now
      let asked = false
      provenance.see(blocks(), (fresh) => {
        asked = true
        return attribution.of(fresh, clock)
      }, (chars) => attribution.isCopy(chars, clock))
      if (!asked) attribution.rest()
      clock += 400
      return this
    },
    arrivals: () => standingArrivals(provenance.blocks),
    places: () => placesIn(provenance.blocks).map(({ first, last, kind, product, edited }) => `${first}-${last} ${kind} ${product} ${Math.round(edited * 100)}%`),
    origin: () => originOf(standingArrivals(provenance.blocks), texts.join('\n')),
  }
}

const ONE = 'Thank you for your message and for the list of rooms that you would like to light.'
const TWO = 'All three lamps come with what is needed to hang them up, and a plan for each of the rooms.'
const THREE = 'Please tell us which day suits you, so that we can book the fitter for that morning.'
const LONG = `${ONE} ${TWO} ${THREE}`

/** Greeting typed, three paragraphs pasted from a chat page, closing typed. */
function pasted() {
  const draft = body('')
  draft.keys(8)
  draft.reads('Hi Priya')
  draft.paste(`${ONE}\n${TWO}\n${THREE}`, CHAT)
  draft.reads('Hi Priya', ONE, TWO, THREE)
  draft.keys(5)
  return draft.reads('Hi Priya', ONE, TWO, THREE, 'Dana')
}

describe('each block of a draft', () => {
  it('knows where it came from', () => {
    expect(pasted().places()).toEqual(['2-4 paste ChatGPT 0%'])
    expect(pasted().origin().verdict).toBe('ai')
  })

  it('knows how much was typed over since', () => {
    const draft = pasted()
    draft.keys(20)
    draft.reads('Hi Priya', ONE, `${TWO.slice(0, -20)}and so on and so on !`, THREE, 'Dana')
    const share = 20 / `${ONE}${TWO}${THREE}`.length
    expect(draft.places()).toEqual([`2-4 paste ChatGPT ${Math.round(share * 100)}%`])
  })

  it('counts what was taken out as edited', () => {
    const draft = pasted()
    draft.reads('Hi Priya', ONE, TWO.slice(0, 45), THREE, 'Dana')
    expect(draft.places()[0]).toMatch(/^2-4 paste ChatGPT 1[5-9]%$/)
  })

  it('keeps it when blocks move, split and are joined', () => {
    const draft = pasted()
    draft.reads('Hi Priya', THREE, ONE, TWO, 'Dana')
    expect(draft.places()).toEqual(['2-4 paste ChatGPT 0%'])
    draft.keys(1)
    draft.reads('Hi Priya', THREE, ONE, TWO.slice(0, 40), TWO.slice(40), 'Dana')
    expect(draft.places()).toEqual(['2-5 paste ChatGPT 0%'])
    draft.reads('Hi Priya', THREE, ONE, TWO, 'Dana')
    expect(draft.places()).toEqual(['2-4 paste ChatGPT 0%'])
  })

  it('loses it by deletion, and gets it back by undo, with or without an event for it', () => {
    const edited = pasted()
    edited.reads('Hi Priya', ONE, TWO.slice(0, 45), THREE, 'Dana')
    const before = edited.places()
    edited.reads('Hi Priya', 'Dana')
    expect(edited.reads('Hi Priya', ONE, TWO.slice(0, 45), THREE, 'Dana').places()).toEqual(before)
    const draft = pasted()
    draft.reads('Hi Priya', 'Dana')
    expect(draft.places()).toEqual([])
    expect(draft.origin().verdict).toBe('typed')
    draft.reads('Hi Priya', ONE, TWO, THREE, 'Dana')
    expect(draft.places()).toEqual(['2-4 paste ChatGPT 0%'])
    expect(draft.origin().evidence.map(({ mark }) => mark)).toEqual(['chatgpt-data-is-last-node'])
  })

  it('gets its own words back after a stretch was taken out of it letter by letter', () => {
    const draft = body('')
    draft.keys(LONG.length)
    draft.reads(LONG)
    for (let length = LONG.length; length > 100; length -= 10) draft.reads(LONG.slice(0, length))
    draft.wait(60_000)
    draft.reads(LONG)
    expect(draft.arrivals().map(({ kind }) => kind)).toEqual(['typed'])
  })

  it('says so when one’s own words came back by way of a chat page, however little it changed', () => {
    const draft = body('')
    draft.keys(LONG.length)
    draft.reads(LONG)
    draft.paste(LONG.replace('message', 'kind note'), CHAT)
    draft.reads(LONG.replace('message', 'kind note'))
    expect(draft.origin()).toMatchObject({ verdict: 'ai', evidence: [CHAT] })
  })

  it('does not count what is quoted or signed', () => {
    const draft = body('> older mail', 'Hi')
    draft.wait(9_000)
    draft.reads(`> ${LONG}`, 'Hi')
    expect(draft.places()).toEqual([])
    expect(draft.origin().verdict).toBe('unknown')
  })

  it('tells a paste of one’s own words from a paste', () => {
    const draft = body('')
    draft.keys(LONG.length)
    draft.reads(LONG)
    draft.paste(ONE)
    draft.reads(LONG, ONE)
    draft.reads(`${TWO} ${THREE}`, ONE)
    draft.paste(TWO)
    draft.reads(`${TWO} ${THREE}`, ONE, TWO)
    expect(draft.arrivals().map(({ kind }) => kind)).toEqual(['typed'])
    expect(draft.origin().verdict).toBe('typed')
  })

  it('does so in scripts without spaces, too', () => {
    const [first, second] = ['お問い合わせいただきありがとうございます。ご希望の部屋の一覧を', '確認いたしましたので、担当者より改めてご連絡申し上げます。']
    const draft = body('')
    draft.keys(first.length + second.length)
    draft.reads(first + second)
    draft.paste(second)
    draft.reads(first + second, second)
    expect(draft.arrivals().map(({ kind }) => kind)).toEqual(['typed'])
  })

  it('tells a stretch dragged to another place from a drop', () => {
    const draft = pasted()
    draft.log.transfers.push(transferOf('drop', [], TWO.length, 3_000))
    draft.reads('Hi Priya', ONE, THREE, `Dana${TWO}`)
    expect(draft.places()).toEqual(['2-4 paste ChatGPT 2%'])
    draft.log.transfers.push(transferOf('drop', [], 40, 4_000))
    draft.reads('Hi Priya', `${ONE.slice(42)} ${ONE.slice(0, 41)}`, THREE, `Dana${TWO}`)
    expect(draft.origin().verdict).toBe('ai')
    expect(draft.arrivals().map(({ kind }) => kind)).toEqual(['typed', 'paste'])
  })
})

describe('how text arrived', () => {
  const kinds = (draft: ReturnType<typeof body>) => draft.arrivals().map(({ kind }) => kind)

  it('calls text that no key, paste or drop accounts for inserted', () => {
    expect(body('').reads(LONG).origin()).toMatchObject({ verdict: 'inserted', evidence: [{ mark: 'inserted-untyped', count: LONG.length }] })
  })

  it('sees a text that was replaced by another of the same length', () => {
    const draft = body('')
    draft.keys(LONG.length)
    draft.reads(LONG)
    draft.wait(5_000)
    draft.reads(LONG.replace(/[a-z]/g, 'x'))
    expect(draft.origin().verdict).toBe('inserted')
  })

  it('calls a stream in small portions one insertion', () => {
    const draft = body('')
    for (let at = 8; at < 260; at += 8) draft.reads(LONG.slice(0, at))
    expect(draft.origin().verdict).toBe('inserted')
  })

  it('leaves corrections alone that are accepted one after the other', () => {
    const words = Array.from({ length: 40 }, (_, at) => `wrongword${at}`)
    const draft = body('')
    draft.keys(words.join(' ').length)
    draft.reads(words.join(' '))
    words.forEach((word, at) => {
      draft.wait(2_500)
      words[at] = word.replace('wrongword', 'rightword')
      draft.reads(words.join(' '))
    })
    expect(draft.origin().verdict).not.toBe('inserted')
    expect(draft.places()).toEqual([])
  })

  it('does not let a paste cover what appears later', () => {
    const draft = body('')
    draft.paste(ONE)
    draft.reads(ONE)
    draft.wait(6_000)
    draft.reads(ONE, LONG.toUpperCase())
    expect(kinds(draft)).toEqual(['paste', 'inserted'])
  })

  it('does not give the marks of a paste that the page swallowed to what comes later', () => {
    const draft = body('')
    draft.paste(LONG, CHAT)
    draft.reads('')
    draft.wait(6_000)
    draft.keys(9)
    draft.reads('Hi Priya,')
    expect(draft.origin().verdict).toBe('typed')
  })

  it('tells what was typed beside a paste from the paste', () => {
    const draft = body('')
    draft.keys(3)
    draft.paste(ONE, CHAT)
    draft.reads('Hi,', ONE)
    expect(draft.places()).toEqual(['2-2 paste ChatGPT 0%'])
  })

  it('lets undo bring back any amount', () => {
    const draft = body('')
    draft.log.free = true
    draft.reads(LONG)
    expect(kinds(draft)).toEqual(['typed'])
  })

  it('knows an assistant by the press on its control, also when it streams', () => {
    const draft = body('')
    draft.press('Copilot')
    draft.reads(LONG)
    expect(draft.origin()).toMatchObject({ verdict: 'ai', evidence: [{ class: 'act', product: 'Copilot', count: LONG.length }] })
    expect(draft.places()).toEqual(['1-1 assistant Copilot 0%'])
    const streamed = body('')
    streamed.press('Copilot')
    for (let at = 8; at <= LONG.length; at += 8) streamed.reads(LONG.slice(0, at))
    expect(streamed.origin().verdict).toBe('ai')
  })

  it('does not take a press for an act when the text was typed, pasted, small or late', () => {
    const typed = body('')
    typed.press('Copilot')
    typed.keys(LONG.length)
    expect(typed.reads(LONG).origin().verdict).toBe('typed')
    const other = body('')
    other.press('Copilot')
    other.paste(LONG)
    expect(other.reads(LONG).origin().verdict).toBe('unknown')
    const small = body('')
    small.press('Grammarly')
    expect(small.reads('recommendation').origin().verdict).toBe('unknown')
    const late = body('')
    late.press('Copilot')
    late.wait(9_000)
    expect(late.reads(LONG).origin().verdict).toBe('inserted')
  })

  it('does not count text that people prepared', () => {
    const draft = body('')
    draft.press(null)
    expect(draft.reads(LONG).origin()).toEqual({ verdict: 'unknown', evidence: [] })
    expect(draft.places()).toEqual([])
  })

  it('says when a script of the page sent the events', () => {
    const draft = body('')
    draft.log.synthetic = true
    expect(draft.reads(LONG).origin().evidence).toMatchObject([{ class: 'insertion', mark: 'inserted-by-script' }])
  })

  it('says what stood there before anybody could see it', () => {
    expect(body(LONG).origin()).toEqual({ verdict: 'unknown', evidence: [{ class: 'unseen', mark: 'stood-before', product: null, count: LONG.length }] })
  })
})
