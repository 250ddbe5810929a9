import { sentenceTokens, type RefToken } from './tokens.ts'
import type { Element, Pattern } from '../../lib/engine/pattern.ts'

/**
 * The pattern language said as plainly as possible: all ways to match are enumerated by recursion over elements, with no automaton and no sharing.
 * Slow (exponential in the worst case); used only to hold the fast engine against.
 */

/** A place while matching: next token, and whether the last consumed token was a `!` or `?` that the pattern named. */
interface Place { readonly at: number; readonly crossing: boolean }

export interface RefMention { readonly name: string; readonly from: number; readonly to: number }

export interface Range { readonly from: number; readonly to: number }

function entityName(element: Element): string {
  return element.kind === 'entity' ? element.entity : element.kind === 'list' ? `list:${element.list}` : ''
}

class Reference {
  constructor(private readonly tokens: readonly RefToken[], private readonly mentions: readonly RefMention[]) {}

  /** May a match go on from `place` to the token there? */
  private open(place: Place): boolean {
    const token = this.tokens[place.at]
    return token !== undefined && (!token.newSentence || place.crossing)
  }

  element(place: Place, element: Element, first: boolean): Place[] {
    switch (element.kind) {
      case 'word': {
        const token = this.tokens[place.at]
        return token && (first || this.open(place)) && token.word === element.word && !token.opaque ? [{ at: place.at + 1, crossing: element.ends }] : []
      }
      case 'entity':
      case 'list': {
        if (!first && !this.open(place)) return []
        return this.mentions.filter((mention) => mention.from === place.at && mention.name === entityName(element)).map((mention) => ({ at: mention.to, crossing: false }))
      }
      case 'gap': return this.gap(place, element.most)
      case 'group': {
        const out = element.optional ? [place] : []
        for (const sequence of element.of) out.push(...this.sequence(place, sequence, first))
        return unique(out)
      }
    }
  }

  /** Up to `most` words, any number of signs, all in the sentence. */
  private gap(place: Place, most: number): Place[] {
    const out = [place]
    let words = 0
    for (let here = place; this.open(here);) {
      const token = this.tokens[here.at] as RefToken
      if (!token.sign && ++words > most) break
      here = { at: here.at + 1, crossing: false }
      out.push(here)
    }
    return out
  }

  sequence(place: Place, elements: readonly Element[], first: boolean): Place[] {
    let places: Place[] = [place]
    for (const element of elements) places = unique(places.flatMap((here) => this.element(here, element, first && here.at === place.at)))
    return places
  }

  all(pattern: Pattern): Range[] {
    const out: Range[] = []
    for (let from = 0; from < this.tokens.length; from++) {
      for (const { at } of this.sequence({ at: from, crossing: false }, pattern.elements, true)) out.push({ from, to: at })
    }
    return out
  }
}

function unique(places: readonly Place[]): Place[] {
  const seen = new Map<string, Place>()
  for (const place of places) seen.set(`${place.at} ${place.crossing}`, place)
  return [...seen.values()]
}

/** Every match of every pattern, as ranges of tokens. */
export function referenceMatches(text: string, patterns: readonly Pattern[], mentions: (tokens: readonly RefToken[]) => readonly RefMention[]): Range[] {
  const tokens = sentenceTokens(text)
  const reference = new Reference(tokens, mentions(tokens))
  return patterns.flatMap((pattern) => reference.all(pattern))
}

const size = (range: Range): number => range.to - range.from
const overlap = (a: Range, b: Range): boolean => a.from < b.to && b.from < a.to
const inside = (a: Range, b: Range): boolean => a.from >= b.from && a.to <= b.to && size(a) < size(b)

/** Ranges that are in no other, without those that `unless` touches or `keep` refuses, the longest first where they overlap. */
export function referenceHits(match: readonly Range[], unless: readonly Range[], keep: (range: Range) => boolean = () => true): Range[] {
  const distinct = [...new Map(match.map((range) => [`${range.from} ${range.to}`, range])).values()]
  const maximal = distinct.filter((range) => !distinct.some((other) => inside(range, other)))
  const free = maximal.filter((range) => keep(range) && !unless.some((other) => overlap(range, other)))
  const kept: Range[] = []
  for (const range of free.sort((a, b) => size(b) - size(a) || a.from - b.from)) if (!kept.some((other) => overlap(range, other))) kept.push(range)
  return kept.sort((a, b) => a.from - b.from)
}
