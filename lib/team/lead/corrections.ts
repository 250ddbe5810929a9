import { utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { addToDay, tallyOfCorrection, type DayTally } from '../../learning/index.ts'
import { isSignedBy } from '../../review/approval/index.ts'
import type { Correction } from '../../review/index.ts'
import { time } from '../../review/schemas.ts'
import { correctionsHeadSchema } from '../../review/team/schemas.ts'
import type { RepeatedCorrection, TeamManifest } from '../../review/team/index.ts'
import { correctionSchema } from '../../store/index.ts'
import { bytesDigest, deviceTag } from '../layout.ts'
import type { TeamStore } from '../store/types.ts'
import { placeName } from './drafts.ts'
import { fetchSegments, listSegments, tagsOf, type Segment } from './segments.ts'

/** The same words changed to the same others: how often on each device. */
export interface CorrectionGroup extends Pick<RepeatedCorrection, 'rule' | 'category' | 'before' | 'after' | 'sentence' | 'site'> {
  readonly times: Readonly<Record<string, number>>
  readonly first: number
  readonly last: number
}

/** What members' shared corrections come to, as a lead read them. */
export interface TeamCorrections {
  /** Names of the segments that were looked at. */
  readonly segments: readonly string[]
  /** Of each device, by its first key, the highest number that was counted: a device that joined anew sends all again. */
  readonly upTo: Readonly<Record<string, number>>
  readonly days: readonly DayTally[]
  readonly groups: readonly CorrectionGroup[]
  /** Segments of which nothing was taken: damaged, or not signed by the device that they name. */
  readonly unread: number
}

const NOTHING: TeamCorrections = { segments: [], upTo: {}, days: [], groups: [], unread: 0 }
/** Groups that are kept, those of the longest ago first to go. */
const MOST_GROUPS = 5_000

const lineSchema = correctionSchema.extend({ device: z.string().max(16), number: z.number().int().min(1), rule: placeName, site: placeName, at: time })
type Line = Correction & { readonly number: number }

/**
 * Reads the corrections that members share, on from where they were read before. A segment counts where its device, one of the team's, signed its head, and all that the head
 * says fits; a line that is no correction is left out.
 * @throws {TeamError} where the store cannot be read: what was read before stays
 */
export async function readCorrections(store: TeamStore, manifest: TeamManifest, before: TeamCorrections | null): Promise<TeamCorrections> {
  const base = before ?? NOTHING
  const seen = new Set(base.segments)
  const byTag = tagsOf(manifest)
  // In the order of their numbers, so that the highest that was counted tells what is sent again.
  const fresh = (await listSegments(store, 'corrections')).filter(({ key, tag }) => !seen.has(key) && byTag.has(tag))
  const [days, groups, upTo] = [new Map(base.days.map((day) => [day.day, day])), new Map(base.groups.map((group) => [nameOf(group), group])), { ...base.upTo }]
  let { unread } = base
  for await (const segment of fetchSegments(store, 'corrections', fresh)) {
    const device = byTag.get(segment.tag)?.keys[0]
    const lines = device === undefined ? null : linesOf(segment, manifest.team)
    if (device === undefined || lines === null) {
      unread += 1
      continue
    }
    for (const { number, ...correction } of lines) {
      if (number <= (upTo[device] ?? 0)) continue
      upTo[device] = number
      const made = tallyOfCorrection({ ...correction, assistant: '' }) // Drafts of a ledger name no assistant, and stand beside these.
      days.set(made.day, addToDay(days.get(made.day) ?? null, made))
      const group = grouped(groups.get(nameOf(correction)), correction, device)
      groups.set(nameOf(group), group)
    }
  }
  const kept = groups.size > MOST_GROUPS ? [...groups.values()].sort((a, b) => b.last - a.last).slice(0, MOST_GROUPS) : [...groups.values()]
  return { segments: [...base.segments, ...fresh.map(({ key }) => key)], upTo, days: [...days.values()].filter(({ cells }) => Object.keys(cells).length > 0), groups: kept, unread }
}

/** Lines of a segment in the order of their numbers; null where it is not what its head says, or its head is not its device's. */
function linesOf({ tag, text }: Segment, team: string): Line[] | null {
  const end = text?.indexOf('\n') ?? -1
  if (text === null || end < 0) return null
  const read = correctionsHeadSchema.safeParse(parsed(text.slice(0, end)))
  if (!read.success) return null
  const { signature, ...content } = read.data
  const body = text.slice(end + 1)
  if (content.team !== team || deviceTag(content.device) !== tag || bytesDigest(utf8ToBytes(body)) !== content.digest || !isSignedBy('corrections', { content, signature }, content.device)) return null
  return body.split('\n').flatMap((line): Line[] => {
    const made = line === '' ? null : lineSchema.safeParse(parsed(line))
    if (!made?.success) return []
    const { device: _device, ...correction } = made.data
    return [correction]
  }).sort((a, b) => a.number - b.number)
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null // Which no schema takes.
  }
}

function grouped(known: CorrectionGroup | undefined, { rule, category, before, after, sentence, site, at }: Correction, device: string): CorrectionGroup {
  const times = { ...known?.times, [device]: (known?.times[device] ?? 0) + 1 }
  return { rule, category, before, after, sentence, site, times, first: Math.min(known?.first ?? at, at), last: Math.max(known?.last ?? at, at) }
}

function nameOf({ rule, before, after }: Pick<Correction, 'rule' | 'before' | 'after'>): string {
  return JSON.stringify([rule, before, after])
}
