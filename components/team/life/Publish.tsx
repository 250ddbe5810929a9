import { useCallback, useEffect, useId, useMemo, useState, type ReactNode } from 'react'
import type { RulePack } from '../../../lib/engine/index.ts'
import { compareVersions, highestVersion, nameInPack } from '../../../lib/packs/index.ts'
import type { TeamPackView } from '../../../lib/review/team/index.ts'
import { routeHref } from '../../shell/router.ts'
import { Switch } from '../../shell/Switch.tsx'
import { useAction } from '../../shell/useAction.ts'
import { Button, EmptyState, Icon, TierLabel, t, tn } from '../../ui/index.ts'
import { ActionLine } from '../ActionLine.tsx'
import { orThrow, type TeamPagePort } from '../port.ts'
import { Changes } from './Changes.tsx'
import { FIRST_SHARE, idOfPack, packIn, prepare, type PublishDraft } from './model.ts'
import { Trial, type TryPack } from './Trial.tsx'

export interface PublishProps {
  readonly port: Pick<TeamPagePort, 'publish' | 'packText'>
  /** The pack whose next version this is; null for a new one. */
  readonly pack: TeamPackView | null
  /** The person's own rules, from which a version is made; null where there are none. */
  readonly own: RulePack | null
  /** Ids of packs that are there already. */
  readonly taken: readonly string[]
  /** Tries a changed pack over the drafts of the last month. */
  readonly tryPack: TryPack
  /** Takes rules out of one's own pack, by name, once they are in the team's. */
  readonly removeOwn: (names: readonly string[]) => Promise<void>
  readonly onDone: (pack: string) => Promise<void>
}

/** Where the next version of a team's pack is made, read in words, tried on past drafts, and published. */
export function Publish(props: PublishProps): ReactNode {
  const { port, pack } = props
  const [base, setBase] = useState<RulePack | null | undefined>(pack ? undefined : null)
  const latest = pack?.versions[0]?.digest
  const [state, load] = useAction(useCallback(async () => { if (pack && latest !== undefined) setBase(packIn(orThrow(await port.packText(pack.id, latest)))) }, [port, pack, latest]))
  useEffect(() => { if (pack && base === undefined && state.kind === 'idle') load() }, [pack, base, state.kind, load])
  const title = pack ? t('packPublishTitle', pack.title) : t('packPublishNew')
  return (
    <>
      <div className="crumb noprint"><a href={routeHref('team')}>{t('teamTitle')}</a><Icon name="chevronRight" size={12} />{pack && <><a href={routeHref('team', ['packs', pack.id])} className="isolate">{pack.title}</a><Icon name="chevronRight" size={12} /></>}<span>{t('packPublish')}</span></div>
      <div className="vh1"><h1 className="isolate">{title}</h1></div>
      {base === undefined ? <ActionLine state={state} busy={t('dashLoading')} /> : <Sheet {...props} base={base} />}
    </>
  )
}

const nameOf = (id: string): string => id.slice(id.indexOf('/') + 1)

function Sheet({ port, pack, own, taken, base, tryPack, removeOwn, onDone }: PublishProps & { readonly base: RulePack | null }): ReactNode {
  const id = useId()
  const published = useMemo(() => pack?.versions.map(({ version }) => version) ?? [], [pack])
  const [draft, setDraft] = useState<PublishDraft>(() => ({
    id: base?.id ?? '', title: base?.title ?? '', description: base?.description ?? '', without: [], version: null, text: '', share: published.length === 0 ? 100 : FIRST_SHARE,
    // A copy of one of the pack's own rules is most likely what this version is about.
    take: (own?.rules ?? []).filter((rule) => base === null || base.rules.some((other) => nameOf(other.id) === nameInPack(base.id, rule))).map((rule) => nameOf(rule.id)),
  }))
  const [clear, setClear] = useState(true)
  const named = { ...draft, id: base?.id ?? idOfPack(draft.title) }
  const prepared = prepare(named, base, own, published)
  const change = (part: Partial<PublishDraft>): void => setDraft((before) => ({ ...before, ...part }))
  const reasons = closed(named, prepared.problems, prepared.changes.length, base === null && taken.includes(named.id), prepared.pack.version, highestVersion(published))
  const [state, publish] = useAction(useCallback(async (text: string, changelog: string, share: number, names: readonly string[], done: string) => {
    orThrow(await port.publish(text, changelog, share))
    await removeOwn(names)
    await onDone(done)
  }, [port, removeOwn, onDone]))
  const press = (): void => publish(JSON.stringify(prepared.pack), draft.text.trim(), draft.share, clear ? draft.take : [], named.id)
  if (!base && !own) return <div className="card"><EmptyState icon="rules" level={2} title={t('packNoRules')}><p>{t('packNoRulesHelp')}</p><a className="btn" href={routeHref('rules')}>{t('rulesTitle')}</a></EmptyState></div>
  return (
    <div className="stack">
      <section className="card pad col" style={{ gap: 12 }}>
        <div className="pair">
          <div className="field"><label htmlFor={`${id}-t`}>{t('packTitle')}</label><input id={`${id}-t`} className="input" dir="auto" maxLength={100} value={draft.title} onChange={(event) => change({ title: event.currentTarget.value })} /></div>
          <div className="field"><label htmlFor={`${id}-v`}>{t('packVersion')}</label><input id={`${id}-v`} className="input num" dir="ltr" value={draft.version ?? prepared.suggested} aria-describedby={`${id}-vh`} onChange={(event) => change({ version: event.currentTarget.value })} /><span id={`${id}-vh`} className="tiny faint">{t('packVersionHelp')}</span></div>
        </div>
        <div className="field"><label htmlFor={`${id}-d`}>{t('packDescription')}</label><input id={`${id}-d`} className="input" dir="auto" maxLength={500} value={draft.description} onChange={(event) => change({ description: event.currentTarget.value })} /></div>
        <div className="field"><label htmlFor={`${id}-c`}>{t('packChangelog')}</label><textarea id={`${id}-c`} className="input" rows={3} dir="auto" maxLength={2_000} value={draft.text} onChange={(event) => change({ text: event.currentTarget.value })} /></div>
      </section>
      <Pick base={base} own={own} draft={named} onChange={change} />
      <section className="card"><div className="sec"><h2>{t('packWhatChanges')}</h2></div><div className="pad"><Changes changes={prepared.changes} /></div></section>
      <Trial base={base} pack={prepared.pack} tryPack={tryPack} />
      <section className="card pad col" style={{ gap: 12 }}>
        <fieldset className="bare col" style={{ gap: 6 }}>
          <legend className="label">{t('packFor')}</legend>
          {[FIRST_SHARE, 100].map((share) => <label key={share} className="row"><input type="radio" name={`${id}-s`} checked={draft.share === share} onChange={() => change({ share })} />{share === 100 ? t('packForAll') : t('packForSome', share)}</label>)}
        </fieldset>
        {draft.take.length > 0 && <div className="row"><Switch label={t('packClearOwn')} checked={clear} onChange={setClear} /><span aria-hidden="true">{t('packClearOwn')}</span></div>}
        <ul id={`${id}-why`} className="col small">{reasons.map((reason) => <li key={reason}>{reason}</li>)}</ul>
        <span><Button look="primary" off={reasons.length > 0 || state.kind === 'busy'} aria-describedby={`${id}-why`} onClick={press}>{t('packPublishButton', prepared.pack.version)}</Button></span>
        <ActionLine state={state} busy={t('packPublishing')} />
      </section>
    </div>
  )
}

/** Why the button does not open, as sentences. */
function closed({ title, text }: PublishDraft, problems: readonly string[], changes: number, doubled: boolean, version: string, highest: string | null): readonly string[] {
  const known = /^\d{1,6}\.\d{1,6}\.\d{1,6}$/.test(version)
  return [
    ...(title.trim() === '' ? [t('packNeedsTitle')] : []),
    ...(doubled ? [t('packNameTaken')] : []),
    ...(changes === 0 ? [t('packNothingNew')] : []),
    ...(text.trim() === '' ? [t('packNeedsText')] : []),
    ...(!known ? [t('packVersionBad')] : highest !== null && compareVersions(version, highest) <= 0 ? [t('packVersionOld', highest)] : []),
    ...(title.trim() === '' ? [] : problems),
  ]
}

interface PickProps {
  readonly base: RulePack | null
  readonly own: RulePack | null
  readonly draft: PublishDraft
  readonly onChange: (part: Partial<PublishDraft>) => void
}

/** Which rules the version has: those of the version before, and one's own. */
function Pick({ base, own, draft, onChange }: PickProps): ReactNode {
  const toggled = (list: readonly string[], name: string): readonly string[] => (list.includes(name) ? list.filter((each) => each !== name) : [...list, name])
  const replaced = new Set((own?.rules ?? []).filter((rule) => draft.take.includes(nameOf(rule.id))).map((rule) => nameInPack(draft.id, rule)))
  return (
    <section className="card">
      <div className="sec"><h2>{t('packRules')}</h2><span className="small sub">{t('packRulesHelp')}</span></div>
      {own && own.rules.length > 0 && (
        <fieldset className="bare">
          <legend className="label pad">{t('packOwnRules')}</legend>
          {own.rules.map((rule) => {
            const name = nameOf(rule.id)
            const stands = base?.rules.find((other) => nameOf(other.id) === nameInPack(draft.id, rule))
            return <label key={rule.id} className="line"><span className="strong isolate row"><input type="checkbox" checked={draft.take.includes(name)} onChange={() => onChange({ take: toggled(draft.take, name) })} />{rule.title}</span>{stands && <span className="d">{t('packStandsFor', stands.title)}</span>}<span className="r"><TierLabel tier={rule.tier} soft /></span></label>
          })}
        </fieldset>
      )}
      {base && (
        <details>
          <summary className="sum pad">{tn('packBaseRules', base.rules.length, base.version)}</summary>
          <fieldset className="bare">
            <legend className="vh">{t('packRules')}</legend>
            {base.rules.map((rule) => {
              const name = nameOf(rule.id)
              return replaced.has(name) ? null : <label key={rule.id} className="line"><span className="strong isolate row"><input type="checkbox" checked={!draft.without.includes(name)} onChange={() => onChange({ without: toggled(draft.without, name) })} />{rule.title}</span><span className="r"><TierLabel tier={rule.tier} soft /></span></label>
            })}
          </fieldset>
        </details>
      )}
    </section>
  )
}
