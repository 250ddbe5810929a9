import type { TeamTrouble } from '../../lib/review/team/index.ts'
import type { Refusal } from '../rules/model.ts'
import { t, type MessageKey } from '../ui/index.ts'

/** The worker's codes in words; see `TeamCode` in lib/team. A code of a later version falls back to its own text. */
const WORDS: Readonly<Record<string, MessageKey>> = {
  'bad-address': 'teamWhyBadAddress', 'no-permission': 'teamWhyNoPermission', unreachable: 'teamWhyUnreachable', timeout: 'teamWhyTimeout',
  redirected: 'teamWhyRedirected', 'http-status': 'teamWhyHttpStatus', 'html-page': 'teamWhyHtmlPage', 'too-large': 'teamWhyTooLarge',
  empty: 'teamWhyEmpty', locked: 'teamWhyLocked', 'other-content': 'teamWhyOtherContent',
  login: 'teamWhyLogin', forbidden: 'teamWhyForbidden', 'read-only': 'teamWhyReadOnly', 'no-place': 'teamWhyNoPlace', 'not-a-store': 'teamWhyNotAStore', clock: 'teamWhyClock', busy: 'teamWhyBusy',
  full: 'teamWhyFull', cut: 'teamWhyCut', 'bad-store': 'teamWhyBadStore', 'no-credentials': 'teamWhyNoCredentials', 'bad-invitation': 'teamWhyBadInvitation', 'bad-archive': 'teamWhyBadArchive', 'in-a-team': 'teamWhyInATeam',
  'no-member': 'teamWhyNoMember', 'not-lead': 'teamWhyNotLead', 'last-lead': 'teamWhyLastLead', gone: 'teamWhyGone', 'old-version': 'teamWhyOldVersion', 'no-name': 'teamWhyNoName', 'reserved-id': 'teamWhyReserved', 'teams-off': 'teamsOff', 'team-forced': 'teamForced',
}

/** One trouble of a store, a team or a pack as a sentence. */
export function troubleWords(problem: TeamTrouble): string {
  return refusalsOf([problem]).map(({ place, sentence, fix }) => [place, sentence, fix].filter((part) => part !== null).join(' ')).join(' ')
}

/** Why a pack was refused, one line a problem; what the install rules found carries its file, line and column and what to do. */
export function refusalsOf(problems: readonly TeamTrouble[]): readonly Refusal[] {
  return problems.map(({ code, params, detail }) => {
    const key = Object.hasOwn(WORDS, code) ? WORDS[code] : undefined
    if (key !== undefined) return { place: null, sentence: t(key, ...params), fix: null }
    const place = detail === undefined ? null : (/^\S+:\d+:\d+(?= )/.exec(detail)?.[0] ?? null)
    const [sentence, fix] = params
    return code === 'invalid' && sentence !== undefined ? { place, sentence, fix: fix ?? null } : { place: null, sentence: detail ?? [code, ...params].join(' '), fix: null }
  })
}
