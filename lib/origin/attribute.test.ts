import { describe, expect, it } from 'vitest'
import { Attribution, transferOf, type Arrival, type Evidence, type InputLog, type Transfer } from './index.ts'

const CHAT: Evidence = { class: 'T2', mark: 'chatgpt-data-is-last-node', product: 'ChatGPT', count: 1 }
const LINK: Evidence = { class: 'T3', mark: 'link-via-chatgpt', product: 'ChatGPT', count: 1 }

/** What was seen on an element until now, and a clock that the test sets. */
function element(log: Partial<InputLog> = {}) {
  const seen: InputLog = { explained: 0, free: false, synthetic: false, transfers: [], acts: { last: null }, ...log }
  const attribution = new Attribution(seen, 0)
  return {
    log: seen,
    attribution,
    press(product: string | null, at: number) { seen.acts.last = { product, at } },
    paste(chars: number, at: number, ...marks: Evidence[]): Transfer {
      const transfer = transferOf('paste', marks, chars, at)
      seen.transfers.push(transfer)
      return transfer
    },
    /** So many new characters in one block at that time. */
    grows(chars: number, now: number): Arrival { return attribution.of([{ block: 0, chars, wholeBlock: true }], now)[0]! },
    portions(now: number, ...sizes: number[]): Arrival[] { return attribution.of(sizes.map((chars, block) => ({ block, chars, wholeBlock: true })), now) },
  }
}

describe('a press on an assistant’s control', () => {
  it('counts for eight seconds', () => {
    const inTime = element()
    inTime.press('Copilot', 1_000)
    expect(inTime.grows(100, 9_000)).toEqual({ kind: 'assistant', product: 'Copilot', chars: 100, at: 9_000 })
    const late = element()
    late.press('Copilot', 1_000)
    expect(late.grows(100, 9_001).kind).toBe('inserted')
  })

  it('needs eighty characters', () => {
    const [enough, few] = [element(), element()]
    enough.press('Copilot', 0)
    few.press('Copilot', 0)
    expect(enough.grows(80, 100).kind).toBe('assistant')
    expect(few.grows(79, 100).kind).toBe('inserted')
  })

  it('goes on with its stream while no pause is longer than eight seconds', () => {
    const one = element()
    one.press('Copilot', 0)
    const first = one.grows(100, 0)
    expect(one.grows(100, 8_000)).toBe(first)
    expect(one.grows(100, 16_000)).toBe(first)
    expect(one.grows(100, 24_001)).toMatchObject({ kind: 'inserted', chars: 100 })
  })

  it('ends the stream of another assistant', () => {
    const one = element()
    one.press('Copilot', 0)
    const first = one.grows(100, 0)
    one.press('Copilot', 50)
    expect(one.grows(100, 100)).toBe(first)
    one.press('Grammarly', 150)
    expect(one.grows(100, 200)).toMatchObject({ kind: 'assistant', product: 'Grammarly' })
    one.press(null, 250)
    expect(one.grows(100, 300).kind).toBe('template')
  })
})

describe('a press on a control for prepared text', () => {
  it('counts however little came, and goes on like a stream', () => {
    const one = element()
    one.press(null, 0)
    const first = one.grows(1, 0)
    expect(first).toEqual({ kind: 'template', chars: 1, at: 0 })
    expect(one.grows(100, 8_000)).toBe(first)
    expect(one.grows(100, 16_000)).toBe(first)
    expect(one.grows(100, 24_001).kind).toBe('inserted')
  })

  it('is over when an assistant’s control is pressed, and not when it is pressed again', () => {
    const one = element()
    one.press(null, 0)
    const first = one.grows(100, 0)
    one.press(null, 100)
    expect(one.grows(100, 200)).toBe(first)
    one.press('Copilot', 300)
    expect(one.grows(100, 400)).toMatchObject({ kind: 'assistant', product: 'Copilot' })
  })
})

describe('text that nothing accounts for', () => {
  it('is one arrival while no pause is longer than two seconds', () => {
    const one = element()
    const first = one.grows(50, 0)
    expect(first).toEqual({ kind: 'inserted', chars: 50, trusted: true, at: 0 })
    expect(one.grows(50, 2_000)).toBe(first)
    expect(one.grows(50, 4_001)).toEqual({ kind: 'inserted', chars: 50, trusted: true, at: 4_001 })
  })

  it('becomes an assistant’s when its control was pressed, from eighty characters on, those just before counted', () => {
    const one = element()
    const first = one.grows(50, 0)
    one.press('Copilot', 100)
    expect(one.grows(20, 200)).toBe(first)
    expect(one.grows(10, 300)).toEqual({ kind: 'assistant', product: 'Copilot', chars: 80, at: 300 })
  })

  it('does not count what came longer before', () => {
    const [soon, later] = [element(), element()]
    soon.grows(50, 0)
    soon.press('Copilot', 2_000)
    expect(soon.grows(40, 2_000)).toMatchObject({ kind: 'assistant', chars: 90 })
    later.grows(50, 0)
    later.press('Copilot', 2_001)
    expect(later.grows(40, 2_001)).toMatchObject({ kind: 'inserted', chars: 40 })
  })

  it('ends where prepared text begins', () => {
    const one = element()
    one.grows(50, 0)
    one.press(null, 100)
    expect(one.grows(20, 200).kind).toBe('template')
  })

  it('ends where a person types or pastes', () => {
    const typed = element()
    const first = typed.grows(50, 0)
    typed.log.explained = 5
    expect(typed.grows(5, 400)).toBe(typed.attribution.typed)
    const second = typed.grows(50, 800)
    expect(second).not.toBe(first)
    expect(second).toMatchObject({ kind: 'inserted', chars: 50 })
    const pasted = element()
    pasted.grows(50, 0)
    pasted.paste(100, 300)
    expect(pasted.grows(100, 400).kind).toBe('paste')
    pasted.log.transfers.length = 0
    expect(pasted.grows(50, 800)).toMatchObject({ kind: 'inserted', chars: 50, at: 800 })
  })

  it('is not trusted where the page sent the event, for that one look', () => {
    const one = element({ synthetic: true })
    expect(one.grows(50, 0)).toMatchObject({ kind: 'inserted', trusted: false })
    expect(one.grows(50, 9_000)).toMatchObject({ kind: 'inserted', trusted: true })
  })
})

describe('a paste', () => {
  it('may take five seconds to appear', () => {
    const [inTime, late] = [element(), element()]
    inTime.paste(100, 0, CHAT)
    expect(inTime.grows(100, 5_000)).toEqual({ kind: 'paste', marks: [CHAT], chars: 100, at: 0 })
    late.paste(100, 0, CHAT)
    late.paste(100, 0, CHAT)
    expect(late.grows(100, 5_001).kind).toBe('inserted')
    expect(late.log.transfers).toEqual([])
  })

  it('has room for twice its length and eighty characters more, and for what was typed beside it', () => {
    expect(transferOf('drop', [LINK], 10, 7)).toEqual({ kind: 'drop', marks: [LINK], room: 100, at: 7, arrival: null })
    const grows = (chars: number, explained: number) => {
      const one = element({ explained })
      one.paste(10, 0)
      return one.grows(chars, 100).kind
    }
    expect([grows(100, 0), grows(101, 0), grows(105, 5), grows(106, 5)]).toEqual(['paste', 'inserted', 'paste', 'inserted'])
  })

  it('begins with a single character that no key accounts for', () => {
    const grows = (explained: number) => {
      const one = element({ explained })
      one.paste(20, 0)
      return one.grows(20, 100).kind
    }
    expect([grows(19), grows(20)]).toEqual(['paste', 'typed'])
  })

  it('goes on with forty characters or more, while there is room', () => {
    const one = element()
    const { room } = one.paste(100, 0)
    const first = one.grows(100, 100)
    expect(one.grows(39, 200).kind).toBe('inserted')
    expect(one.grows(40, 300)).toBe(first)
    expect(one.log.transfers[0]?.room).toBe(room - 140)
    expect(one.grows(room - 140, 400)).toBe(first)
    expect(one.grows(40, 500).kind).toBe('inserted')
  })

  it('is the latest that has room', () => {
    const one = element()
    one.paste(100, 0)
    one.paste(10, 1)
    expect(one.grows(100, 100)).toMatchObject({ kind: 'paste', at: 1 })
    expect(one.grows(50, 200)).toMatchObject({ kind: 'paste', at: 0 })
  })
})

describe('what keys account for', () => {
  it('is typed, and so are fewer than forty characters more', () => {
    const grows = (chars: number) => element({ explained: 10 }).grows(chars, 0).kind
    expect([grows(10), grows(49), grows(50)]).toEqual(['typed', 'typed', 'inserted'])
  })

  it('is used up; half of what is left counts at the next look', () => {
    const one = element({ explained: 11 })
    one.grows(4, 0)
    expect(one.log.explained).toBe(3)
    one.grows(9, 100)
    expect(one.log.explained).toBe(0)
    const resting = element({ explained: 11, free: true })
    resting.attribution.rest()
    expect(resting.log).toMatchObject({ explained: 5, free: false })
  })

  it('is the smallest of several stretches where a paste brought the others', () => {
    const portions = (explained: number, ...sizes: number[]) => {
      const one = element({ explained })
      one.paste(100, 0)
      return one.portions(100, ...sizes).map(({ kind }) => kind)
    }
    expect(portions(3, 3, 90, 84)).toEqual(['typed', 'paste', 'paste'])
    expect(portions(2, 3, 90)).toEqual(['paste', 'paste'])
    expect(portions(0, 3, 90)).toEqual(['paste', 'paste'])
    expect(portions(30, 90)).toEqual(['paste'])
  })

  it('is anything after undo, once', () => {
    const one = element({ free: true })
    one.paste(100, 0)
    expect(one.portions(0, 90, 500)).toEqual([one.attribution.typed, one.attribution.typed])
    expect(one.grows(100, 100).kind).toBe('paste')
  })
})

describe('a copy of one’s own words', () => {
  it('is more than keys account for', () => {
    const { attribution } = element({ explained: 5 })
    expect([attribution.isCopy(5, 0), attribution.isCopy(6, 0)]).toEqual([false, true])
  })

  it('did not come by way of a chat page', () => {
    const one = element()
    one.paste(100, 0, LINK)
    expect(one.attribution.isCopy(50, 100)).toBe(true)
    const marked = one.paste(100, 0, LINK, CHAT)
    expect([one.attribution.isCopy(50, 5_000), one.attribution.isCopy(50, 5_001)]).toEqual([false, true])
    marked.arrival = one.attribution.typed
    expect(one.attribution.isCopy(50, 100)).toBe(true)
  })
})

describe('what stands when following begins', () => {
  it('was typed where keys account for all of it, which is used up', () => {
    const one = element({ explained: 100 })
    expect(one.attribution.opening(100, 7)).toBe(one.attribution.typed)
    expect(one.log.explained).toBe(0)
    expect(element({ explained: 99 }).attribution.opening(100, 7)).toEqual({ kind: 'stood', chars: 100, at: 7 })
  })

  it('is nothing where nothing stands, whatever was pressed or pasted', () => {
    const one = element({ explained: 10 })
    one.paste(100, 0, CHAT)
    expect(one.attribution.opening(0, 7)).toEqual({ kind: 'stood', chars: 0, at: 7 })
    expect(one.log.explained).toBe(10)
  })

  it('was pasted where the paste has room for it', () => {
    const opening = (chars: number, explained: number) => {
      const one = element({ explained })
      one.paste(10, 3)
      return one.attribution.opening(chars, 7)
    }
    expect(opening(100, 0)).toEqual({ kind: 'paste', marks: [], chars: 100, at: 3 })
    expect(opening(105, 5).kind).toBe('paste')
    expect([opening(101, 0).kind, opening(106, 5).kind]).toEqual(['stood', 'stood'])
  })

  it('came with a chat page’s paste, however much stands, rather than with a later one', () => {
    const one = element()
    one.paste(10, 3, CHAT)
    one.paste(900, 4, LINK)
    expect(one.attribution.opening(500, 7)).toEqual({ kind: 'paste', marks: [CHAT], chars: 500, at: 3 })
  })

  it('came with the latest paste, and not with one whose text had appeared', () => {
    const one = element()
    one.paste(100, 3)
    const last = one.paste(100, 4)
    expect(one.attribution.opening(50, 7)).toMatchObject({ kind: 'paste', at: 4 })
    expect(last.room).toBe(230)
    expect(one.attribution.opening(50, 7)).toMatchObject({ kind: 'paste', at: 3 })
    expect(one.attribution.opening(50, 7).kind).toBe('stood')
  })
})
