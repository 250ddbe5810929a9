import { CATEGORIES, type Category, type DraftKind, type Tier } from '../../lib/engine/index.ts'
import { LAYERS, policyFields, type Area, type Layer, type Layered, type Mode, type RecipientRules } from '../../lib/policy/index.ts'
import type { Administrator } from '../../lib/store/index.ts'
import { listOf, number } from '../shell/format.ts'
import { categoryPhrase, siteName } from '../shell/words.ts'
import { areaName, t, tierName } from '../ui/index.ts'

/** Who a line comes from; `default` where nobody said anything. */
export type From = Layer | 'default'

/** One line of what is in force. `field` as in a policy file. */
export interface EffectiveLine { readonly field: string; readonly what: string; readonly value: string; readonly from: From }

/** Every field of the policy in force in words, the strongest layer first; what nobody set comes last. */
export function effectiveLines({ policy, setBy }: Layered): readonly EffectiveLine[] {
  const order: readonly From[] = [...LAYERS, 'default']
  return Object.entries(policyFields(policy))
    .map(([field, value]): EffectiveLine => ({ field, what: fieldWords(field), value: valueWords(field, value), from: setBy[field] ?? 'default' }))
    .sort((a, b) => order.indexOf(a.from) - order.indexOf(b.from))
}

/** What the administrator forces beside the policy, as lines. */
export function forcedLines({ sites, packs, sources, keeping, team, off }: Administrator): readonly EffectiveLine[] {
  const line = (field: string, what: string, value: string): EffectiveLine => ({ field, what, value, from: 'administrator' })
  return [
    ...sites.map(({ prefix, adapter }) => line(`sites.${prefix}`, t('effectiveSite', siteName(adapter)), prefix)),
    ...packs.on.map((id) => line(`packs.on.${id}`, t('effectivePackOn'), id)),
    ...packs.off.map((id) => line(`packs.off.${id}`, t('effectivePackOff'), id)),
    ...sources.map(({ url, key, digest }) => line(`sources.${url}`, t(key ? 'effectiveSourceKey' : digest ? 'effectiveSourceDigest' : 'effectiveSource'), url)),
    ...(keeping.keepTexts === undefined ? [] : [line('keeping.keepTexts', t('settingsKeepTexts'), yesNo(keeping.keepTexts))]),
    ...(keeping.retentionDays === undefined ? [] : [line('keeping.retentionDays', t('settingsRetention'), keeping.retentionDays === 0 ? t('settingsRetention_0') : t('settingsRetentionOther', number(keeping.retentionDays)))]),
    ...(keeping.retentionCount === undefined ? [] : [line('keeping.retentionCount', t('settingsRetentionCount'), keeping.retentionCount === 0 ? t('settingsRetentionCountAll') : number(keeping.retentionCount))]),
    ...(team === null ? [] : [line('team', t('effectiveTeam'), t('effectiveTeamSet'))]),
    ...off.map((feature) => line(`features.${feature}`, t(`effectiveFeature_${feature}`), t('dashOff'))),
  ]
}

/** A field of a policy file as people say it. */
export function fieldWords(field: string): string {
  const [head = '', name = ''] = field.split('.')
  const category = CATEGORIES.find((each): each is Category => each === name)
  if (category) return t(head === 'floor' ? 'settingsFloorLabel' : head === 'modes' ? 'policyModeLabel' : 'settingsOwnerLabel', categoryPhrase(category))
  if (head === 'kinds') return t('settingsFloorLabel', t(`policyKind_${name as DraftKind}`))
  return FIELDS[head === 'recipients' ? name : head]?.() ?? field
}

const FIELDS: Readonly<Record<string, () => string>> = {
  mode: () => t('policyModeAll'), drafts: () => t('settingsDrafts'), signPublicAi: () => t('settingsPublic'), vip: () => t('settingsVip'), overrides: () => t('policyOverrides'),
  unchecked: () => t('policyUnchecked'), own: () => t('effectiveOwn'), customers: () => t('effectiveCustomers'), everyone: () => t('effectiveEveryone'), outside: () => t('effectiveOutside'),
  firstMail: () => t('policyFirst'), twoCustomers: () => t('policyTwo'),
}

function valueWords(field: string, value: unknown): string {
  const [head = '', name = ''] = field.split('.')
  switch (head) {
    case 'mode':
    case 'modes': return t(`policyModeName_${value as Mode}`)
    case 'drafts': return t(`settingsDrafts_${value as 'ai' | 'all'}`)
    case 'unchecked': return t(`policyUnchecked_${value as 'ask' | 'hold'}`)
    case 'floor': return tierName(value as Tier)
    case 'kinds': return value === 'off' ? t('dashOff') : tierName(value as Tier)
    case 'areas': return areaWords(value as Area)
    case 'recipients': return recipientWords(name, value)
    case 'vip': return listWords(value)
    default: return yesNo(value === true)
  }
}

function areaWords({ owner, people, deputy, hours }: Area): string {
  const who = people.length === 0 ? areaName(owner) : `${areaName(owner)}: ${listOf(people)}`
  return deputy === undefined ? who : `${who}; ${t('effectiveDeputy', areaName(deputy), number(hours ?? 0))}`
}

function recipientWords(name: string, value: unknown): string {
  if (Array.isArray(value)) return listWords(value)
  if (value === null) return t(name === 'outside' ? 'policyOutsideNone' : 'policyRaiseNone')
  if (name !== 'outside') return tierName(value as Tier)
  const { most, tier } = value as NonNullable<RecipientRules['outside']>
  return `${number(most)}: ${tierName(tier)}`
}

function listWords(value: unknown): string {
  const list = value as readonly string[]
  return list.length === 0 ? t('effectiveNone') : list.join(', ')
}

function yesNo(on: boolean): string {
  return t(on ? 'effectiveYes' : 'effectiveNo')
}
