import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Attribution, placesIn, Provenance, standingArrivals, transferOf, marksInHtml, marksInText, originOf, scanHtml, type OriginEvent, type InputLog } from '../../lib/origin/index.ts'

const nothing = { start() {} }
/** Pieces that make a scanner stumble: unclosed, nested, half-quoted. */
const piece = fc.constantFrom(
  '<', '>', '</', '<!--', '-->', '<!', '<?', '<p ', '<p a="', "<p a='", '"', "'", '=', '/', ' ', '<script', '<script>', '</script', '</scripT>', '<textarea>',
  '<p data-is-last-node="">', '<div class="', 'font-claude-x', '<grok-card>', 'text', '&amp;', '\n', '\u0000', '\ud800', '🙂',
)
const soup = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''))

describe('pasted HTML of any kind', () => {
  it('never makes the scan throw, and gives evidence of class T2 only', () => {
    fc.assert(fc.property(fc.oneof(soup, fc.string({ unit: 'binary' })), (html) => {
      for (const one of marksInHtml(html)) {
        expect(one.class).toBe('T2')
        expect(one.count).toBeGreaterThan(0)
      }
    }), { numRuns: 500 })
  })

  it('is passed in steps that grow with its length alone', () => {
    fc.assert(fc.property(soup, (html) => {
      expect(scanHtml(html, nothing)).toBeLessThanOrEqual(4 * html.length + 4)
    }), { numRuns: 500 })
    for (const unit of ['<', '</', '<!--', '<p ', '<p a="', '<script>', '</script', '<script></', '"', '<p a=b ', '<x/', '<?', '<a b=\'']) {
      const html = unit.repeat(50_000)
      expect(scanHtml(html, nothing)).toBeLessThanOrEqual(4 * html.length + 4)
    }
  })

  it('covers every character once: what is reported lies in order', () => {
    fc.assert(fc.property(soup, (html) => {
      let at = 0
      scanHtml(html, {
        start(tag) { expect(tag.end).toBeGreaterThan(at); at = tag.end },
        text(start, end) { expect(start).toBeGreaterThanOrEqual(at); expect(end).toBeGreaterThan(start); at = end },
      })
      expect(at).toBeLessThanOrEqual(html.length)
    }), { numRuns: 300 })
  })
})

const event: fc.Arbitrary<OriginEvent> = fc.oneof(
  fc.record({ kind: fc.constantFrom('paste' as const, 'drop' as const), marks: fc.constant([]), chars: fc.nat(5_000), at: fc.nat() }),
  fc.record({ kind: fc.constant('typed' as const), chars: fc.nat(5_000), at: fc.nat() }),
  fc.record({ kind: fc.constant('inserted' as const), chars: fc.nat(5_000), trusted: fc.boolean(), at: fc.nat() }),
)

describe('the verdict', () => {
  it('never says AI without a token, a page mark or a person saying so', () => {
    fc.assert(fc.property(fc.array(event, { maxLength: 12 }), fc.lorem(), (events, text) => {
      expect(originOf(events, text).verdict).not.toBe('ai')
    }), { numRuns: 200 })
  })

  it('lets the person have the last word and keeps what was seen', () => {
    const pasted: OriginEvent = { kind: 'paste', marks: [{ class: 'T2', mark: 'm', product: 'ChatGPT', count: 1 }], chars: 900, at: 0 }
    fc.assert(fc.property(fc.array(event, { maxLength: 8 }), fc.boolean(), (events, ai) => {
      const origin = originOf([pasted, ...events, { kind: 'declared', ai, at: 9 }], 'text')
      expect(origin.verdict).toBe(ai ? 'ai' : 'typed')
      expect(origin.evidence).toContainEqual(pasted.marks[0])
    }), { numRuns: 100 })
  })

  it('points every place into the text', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('Subject: x\n', '**a** **b**', 'Certainly! Here is an email:\n', ' Feel free to adjust the tone.')), { maxLength: 10 }), (parts) => {
      const text = parts.join('')
      for (const { span } of marksInText(text)) {
        if (!span) continue
        expect(span.start).toBeGreaterThanOrEqual(0)
        expect(span.end).toBeGreaterThan(span.start)
        expect(span.end).toBeLessThanOrEqual(text.length)
      }
    }), { numRuns: 300 })
  })
})

describe('what is followed block by block', () => {
  const line = fc.oneof(fc.constantFrom('', 'Hi', 'Thank you for the list of the rooms.', 'We can start on the third of May, as you asked.', 'Dana'), fc.lorem({ maxCount: 12 }))
  const reading = fc.record({
    lines: fc.array(line, { maxLength: 7 }), keys: fc.nat(60), pastes: fc.boolean(), marked: fc.boolean(), free: fc.boolean(), press: fc.constantFrom(null, 'Copilot'), pause: fc.nat(9_000),
  })

  it('accounts for every character of every reading, whatever happens in between', () => {
    fc.assert(fc.property(fc.array(reading, { maxLength: 12 }), (readings) => {
      const log: InputLog = { explained: 0, free: false, synthetic: false, transfers: [], acts: { last: null } }
      const attribution = new Attribution(log, 0)
      const provenance = new Provenance([{ text: 'Hi Ann', counted: true }], attribution.typed, () => ({ kind: 'stood', chars: 6, at: 0 }))
      let now = 0
      for (const { lines, keys, pastes, marked, free, press, pause } of readings) {
        now += pause
        log.explained += keys
        log.free = free
        if (press) log.acts.last = { product: press, at: now }
        if (pastes) log.transfers.push(transferOf('paste', marked ? [{ class: 'T2', mark: 'm', product: 'ChatGPT', count: 1 }] : [], 100, now))
        provenance.see(lines.map((text) => ({ text, counted: true })), (fresh) => attribution.of(fresh, now), (chars) => attribution.isCopy(chars, now))
        expect(provenance.blocks.map(({ text }) => text)).toEqual(lines)
        for (const { text, runs } of provenance.blocks) expect(runs.reduce((sum, { length }) => sum + length, 0)).toBe(text.length)
        for (const { first, last, edited } of placesIn(provenance.blocks)) {
          expect(first).toBeLessThanOrEqual(last)
          expect(edited).toBeGreaterThanOrEqual(0)
          expect(edited).toBeLessThanOrEqual(1)
        }
      }
    }), { numRuns: 300 })
  })

  it('says AI only when a marked paste or a press came', () => {
    fc.assert(fc.property(fc.array(reading, { maxLength: 10 }), (readings) => {
      const log: InputLog = { explained: 0, free: false, synthetic: false, transfers: [], acts: { last: null } }
      const attribution = new Attribution(log, 0)
      const provenance = new Provenance([], attribution.typed, () => ({ kind: 'stood', chars: 0, at: 0 }))
      readings.forEach(({ lines, keys, pastes }, at) => {
        log.explained += keys
        if (pastes) log.transfers.push(transferOf('paste', [], 100, at * 400))
        provenance.see(lines.map((text) => ({ text, counted: true })), (fresh) => attribution.of(fresh, at * 400), (chars) => attribution.isCopy(chars, at * 400))
      })
      expect(originOf(standingArrivals(provenance.blocks), '').verdict).not.toBe('ai')
    }), { numRuns: 200 })
  })
})
