import type { PackOutcome } from '../../lib/messages/index.ts'
import type { Refusal } from '../rules/model.ts'

/** Why the worker refused a pack, one line a problem: the engine's own sentence where it has one (it begins with file, line and column). */
export function refusalsOf(problems: PackOutcome['problems']): readonly Refusal[] {
  return problems.map(({ code, params, detail }) => {
    const sentence = detail ?? [code, ...params].join(' ')
    const place = /^(\S+:\d+:\d+) (.*)$/s.exec(sentence)
    return place?.[1] !== undefined && place[2] !== undefined ? { place: place[1], sentence: place[2], fix: null } : { place: null, sentence, fix: null }
  })
}
