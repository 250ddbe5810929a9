import { describe, expect, it } from 'vitest'
import { Provenance, type Arrival, type TrackedBlock } from './index.ts'

const TYPED: Arrival = { kind: 'typed', chars: 0, at: 0 }
const STOOD: Arrival = { kind: 'stood', chars: 0, at: 0 }
const PASTE: Arrival = { kind: 'paste', marks: [], chars: 640, at: 1 }
const OTHER: Arrival = { kind: 'inserted', chars: 640, trusted: true, at: 2 }

const LAMPS = 'The lamps come with hooks, and a plan for every room.'
const MONDAY = 'We can start on Monday, at nine in the morning.'

const counted = (...texts: string[]) => texts.map((text) => ({ text, counted: true }))
/** What stands in each block, run by run, such as `5 paste`. */
const runsOf = (blocks: readonly TrackedBlock[]) => blocks.map(({ runs }) => runs.map(({ length, arrival }) => `${length} ${arrival.kind}`).join(', '))
const following = (stood: Arrival | ((block: number) => Arrival), ...texts: string[]) => new Provenance(counted(...texts), TYPED, typeof stood === 'function' ? stood : () => stood)
const nobody = (): never => { throw new Error('nothing new came') }
/** Everything new came with this, and what was asked about. */
function asking(arrival: Arrival) {
  const asked: unknown[] = []
  return { asked, attribute: (fresh: readonly unknown[]) => { asked.push(...fresh); return fresh.map(() => arrival) } }
}

describe('a reading', () => {
  it('begins with what stood there, block by block', () => {
    const draft = following((block) => (block === 0 ? STOOD : PASTE), LAMPS, '', MONDAY)
    expect(draft.blocks).toEqual([
      { text: LAMPS, counted: true, runs: [{ length: LAMPS.length, arrival: STOOD }], lost: 0 },
      { text: '', counted: true, runs: [], lost: 0 },
      { text: MONDAY, counted: true, runs: [{ length: MONDAY.length, arrival: PASTE }], lost: 0 },
    ])
  })

  it('of the same words takes over which blocks count, and asks nobody', () => {
    const draft = following(PASTE, LAMPS, MONDAY, 'Dana')
    draft.see([{ text: LAMPS, counted: true }, { text: MONDAY, counted: false }, { text: 'Dana', counted: true }], nobody)
    expect(draft.blocks.map((block) => block.counted)).toEqual([true, false, true])
    expect(runsOf(draft.blocks)).toEqual([`${LAMPS.length} paste`, `${MONDAY.length} paste`, '4 paste'])
    draft.see(counted(LAMPS, MONDAY, 'Dana'), nobody)
    expect(draft.blocks.map((block) => block.counted)).toEqual([true, true, true])
  })

  it('asks about each new stretch with the number of its block', () => {
    const { asked, attribute } = asking(OTHER)
    const draft = following(STOOD, 'Hi Priya', 'Dana')
    draft.see(counted('Hi Priya', 'one', 'three', 'Dana'), attribute)
    expect(asked).toEqual([{ block: 1, chars: 3, wholeBlock: true }, { block: 2, chars: 5, wholeBlock: true }])
    expect(runsOf(draft.blocks)).toEqual(['8 stood', '3 inserted', '5 inserted', '4 stood'])
  })

  it('asks about part of a block as such', () => {
    const { asked, attribute } = asking(OTHER)
    const draft = following(STOOD, 'Hi Priya', 'Dana')
    draft.see(counted('Hi Priya', 'Dana Ode'), attribute)
    expect(asked).toEqual([{ block: 1, chars: 4, wholeBlock: false }])
    expect(runsOf(draft.blocks)).toEqual(['8 stood', '4 stood, 4 inserted'])
  })

  it('takes a block like its neighbours for one new block', () => {
    const { asked, attribute } = asking(OTHER)
    const draft = following(STOOD, 'x', 'x')
    draft.see(counted('x', 'x', 'x'), attribute)
    expect(asked).toEqual([{ block: 2, chars: 1, wholeBlock: true }])
    expect(runsOf(draft.blocks)).toEqual(['1 stood', '1 stood', '1 inserted'])
  })

  it('is of typed words where the answer leaves a stretch out', () => {
    const draft = following(STOOD, 'Dana')
    draft.see(counted('Dana Ode'), () => [])
    expect(runsOf(draft.blocks)).toEqual(['4 stood, 4 typed'])
  })

  it('keeps apart what two blocks of the same words came with, in their order', () => {
    const draft = following((block) => [STOOD, PASTE, OTHER][block]!, 'Dana', 'Thank you', 'Thank you')
    draft.see(counted('Thank you', 'Thank you', 'Dana'), nobody)
    expect(runsOf(draft.blocks)).toEqual(['9 paste', '9 inserted', '4 stood'])
  })

  it('counts the break between blocks that were joined or split as typed', () => {
    const draft = following((block) => (block === 0 ? PASTE : STOOD), LAMPS, MONDAY)
    draft.see(counted(`${LAMPS}\n${MONDAY}`), nobody)
    expect(runsOf(draft.blocks)).toEqual([`${LAMPS.length} paste, 1 typed, ${MONDAY.length} stood`])
    draft.see(counted(LAMPS, MONDAY), nobody)
    expect(runsOf(draft.blocks)).toEqual([`${LAMPS.length} paste`, `${MONDAY.length} stood`])
  })
})

describe('what was taken out', () => {
  const lostAfter = (stood: Arrival) => {
    const draft = following(stood, LAMPS)
    draft.see(counted(LAMPS.slice(0, -20)), nobody)
    return draft.blocks[0]?.lost
  }

  it('is counted where it came from elsewhere, and not where the person wrote it or it stood there', () => {
    expect([PASTE, OTHER, { kind: 'template', chars: 1, at: 0 } as const].map(lostAfter)).toEqual([20, 20, 20])
    expect([TYPED, STOOD].map(lostAfter)).toEqual([0, 0])
  })

  it('adds up', () => {
    const draft = following(PASTE, LAMPS)
    draft.see(counted(LAMPS.slice(0, -5)), nobody)
    draft.see(counted(LAMPS.slice(0, -12)), nobody)
    expect(draft.blocks[0]?.lost).toBe(12)
  })

  it('is forgotten by a block that was emptied', () => {
    const draft = following(PASTE, LAMPS)
    draft.see(counted(''), nobody)
    expect(draft.blocks).toEqual([{ text: '', counted: true, runs: [], lost: 0 }])
  })

  it('is back as it stood after an undo, also when more went in the middle of a run of deletions', () => {
    const draft = following(PASTE, LAMPS)
    const shorter = LAMPS.slice(0, -5)
    draft.see(counted(shorter), nobody)
    draft.see(counted(shorter.slice(0, -20)), nobody)
    draft.see(counted(shorter), nobody)
    expect(draft.blocks).toMatchObject([{ runs: [{ length: shorter.length, arrival: PASTE }], lost: 5 }])
    draft.see(counted(LAMPS), nobody)
    expect(draft.blocks).toMatchObject([{ runs: [{ length: LAMPS.length, arrival: PASTE }], lost: 0 }])
  })

  it('is back with a block that went altogether', () => {
    const draft = following((block) => (block === 1 ? PASTE : STOOD), 'Hi Priya', LAMPS, 'Dana')
    draft.see(counted('Hi Priya', 'Dana'), nobody)
    draft.see(counted('Hi Priya', LAMPS, 'Dana'), nobody)
    expect(runsOf(draft.blocks)).toEqual(['8 stood', `${LAMPS.length} paste`, '4 stood'])
  })
})

describe('a copy of the person’s own words', () => {
  it('keeps where those came from, from twenty characters on', () => {
    const draft = following(PASTE, LAMPS)
    draft.see(counted(LAMPS, LAMPS.slice(4, 24)), nobody)
    expect(runsOf(draft.blocks)).toEqual([`${LAMPS.length} paste`, '20 paste'])
    const { asked, attribute } = asking(OTHER)
    const short = following(PASTE, LAMPS)
    short.see(counted(LAMPS, LAMPS.slice(4, 23)), attribute)
    expect(asked).toEqual([{ block: 1, chars: 19, wholeBlock: true }])
  })

  it('keeps it for each of its parts', () => {
    const draft = following((block) => (block === 0 ? PASTE : STOOD), LAMPS, MONDAY)
    draft.see(counted(`${LAMPS}\n${MONDAY}`), nobody)
    draft.see(counted(`${LAMPS}\n${MONDAY}`, `room.\n${MONDAY}`), nobody)
    expect(runsOf(draft.blocks)[1]).toBe(`5 paste, 1 typed, ${MONDAY.length} stood`)
  })

  it('is none where it came another way', () => {
    const { asked, attribute } = asking(OTHER)
    const draft = following(PASTE, LAMPS)
    const sizes: number[] = []
    draft.see(counted(LAMPS, LAMPS.slice(4, 34)), attribute, (chars) => { sizes.push(chars); return false })
    expect(sizes).toEqual([30])
    expect(asked).toEqual([{ block: 1, chars: 30, wholeBlock: true }])
    expect(runsOf(draft.blocks)).toEqual([`${LAMPS.length} paste`, '30 inserted'])
  })

  it('may be several pieces with short joints between them, which are typed', () => {
    const draft = following((block) => (block === 0 ? PASTE : STOOD), LAMPS, MONDAY)
    draft.see(counted(LAMPS, MONDAY, `${MONDAY} And also: ${LAMPS}`), nobody)
    expect(runsOf(draft.blocks)[2]).toBe(`${MONDAY.length} stood, 11 typed, ${LAMPS.length} paste`)
  })

  it('may be of words that stood here before, in pieces', () => {
    const draft = following((block) => [PASTE, STOOD, TYPED][block]!, LAMPS, MONDAY, 'Dana')
    draft.see(counted('Dana'), nobody)
    draft.see(counted(`${MONDAY} And also: ${LAMPS}`, 'Dana'), nobody)
    expect(runsOf(draft.blocks)).toEqual([`${MONDAY.length} stood, 11 typed, ${LAMPS.length} paste`, '4 typed'])
  })

  it('is asked about where new words stand before, between or after its pieces', () => {
    const between = ' or whenever it suits you best '
    const { asked, attribute } = asking(OTHER)
    const draft = following((block) => (block === 0 ? PASTE : STOOD), LAMPS, MONDAY)
    draft.see(counted(LAMPS, MONDAY, `${between.trim()} ${MONDAY}${between}${LAMPS}${between}`), attribute)
    const [before, middle] = [between.trim().length + 1, between.length]
    expect(asked).toEqual([before, middle, middle].map((chars) => ({ block: 2, chars, wholeBlock: false })))
    expect(runsOf(draft.blocks)[2]).toBe(`${before} inserted, ${MONDAY.length} stood, ${middle} inserted, ${LAMPS.length} paste, ${middle} inserted`)
  })
})

describe('what another window knows', () => {
  it('takes the place of what was known, and leaves a block alone of which it knows nothing', () => {
    const draft = following(STOOD, 'x'.repeat(60), 'Dana')
    draft.revise(({ text }) => (text === 'Dana' ? null : { arrival: PASTE, edited: 0.25 }))
    // A quarter of what there was is gone: 60 are the three quarters that stand, 20 went.
    expect(draft.blocks).toEqual([
      { text: 'x'.repeat(60), counted: true, runs: [{ length: 60, arrival: PASTE }], lost: 20 },
      { text: 'Dana', counted: true, runs: [{ length: 4, arrival: STOOD }], lost: 0 },
    ])
  })

  it('is a share from none to nearly all', () => {
    const lost = (edited: number) => {
      const draft = following(STOOD, 'x'.repeat(10))
      draft.revise(() => ({ arrival: PASTE, edited }))
      return draft.blocks[0]?.lost
    }
    expect([-1, 0, 0.5, 1, 7].map(lost)).toEqual([0, 0, 10, 990, 990])
  })
})
