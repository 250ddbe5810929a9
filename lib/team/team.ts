import { bytesToSign } from '../review/approval/index.ts'
import { canonicalJson, compareVersions, selfTest, signPack } from '../packs/index.ts'
import {
  foundTeam, mayLead, memberOf, type Capabilities, type StoredManifest, type StoreAddress, type StoreCredentials, type SyncReport, type TeamChange, type TeamResult, type TeamStatus,
} from '../review/team/index.ts'
import { deviceKey, forgetTeam, listPacks, loadSettings, noteTeam, ownCard, preparedKey, prepareKey, removePack, saveTeamCredentials, toBase64Url } from '../store/index.ts'
import { deviceHost, useWaitingKey } from './host.ts'
import { hostOf, readInvitation, writeInvitation } from './invitation.ts'
import { keyOf } from './layout.ts'
import { leadInsights, leadLedgers, type LeadReads } from './lead/insights.ts'
import { ledgersView } from './lead/ledgers.ts'
import { deviceMemory } from './memory.ts'
import { moveTeam, tellMove } from './move.ts'
import { problemOf, refuse, TeamError } from './outcome.ts'
import { shareRecords } from './records.ts'
import type { TeamService } from './service.ts'
import { createOutlines, packViews, pendingNotes, statusOf } from './status.ts'
import { checkAddress, checkCredentials, openStore, storeOrigins, type TeamStore } from './store/index.ts'
import { changeTeam, makeManifest, makeNote, makePack, makeRelease } from './sync/make.ts'
import { packText } from './sync/packs.ts'
import type { TeamState } from './sync/ports.ts'
import { createTeamSync } from './sync/sync.ts'
import {
  checkAllowed, enterTeam, inFolder, isWaiting, mailWaiting, mustCredentials, nextNumber, otherLead, ownSelf, readUnsigned, result, turns, usableCredentials, type OwnSelf, type TeamPortsIn,
} from './team-parts.ts'

type Open = { readonly state: TeamState; readonly self: OwnSelf; readonly store: TeamStore; readonly sync: ReturnType<typeof createTeamSync> }

/** The team on this device. One per worker. */
export function createTeam(ports: TeamPortsIn): TeamService {
  return new Team(ports)
}

class Team implements TeamService {
  private capabilities: Capabilities | null = null
  private open: { readonly store: StoreAddress; readonly made: Promise<Omit<Open, 'state'>> } | null = null
  /** Looks and leaving, one after the other: what is sent is worked out from what was sent before. */
  private readonly inTurn = turns()
  private readonly outlines = createOutlines(deviceMemory)

  constructor(private readonly ports: TeamPortsIn) {}

  async status(): Promise<TeamStatus | null> {
    const state = await deviceMemory.state()
    if (!state) return null
    const { self, sync } = await this.opened(state)
    const known = await sync.now()
    const next = known?.team.manifest && isWaiting(known.state, known.team.manifest) ? await preparedKey() : null
    return known && statusOf(known, { signKey: self.signKey, next: next?.signKey ?? null, credentials: (await usableCredentials(state)) !== null, capabilities: this.capabilities, waiting: await deviceMemory.outboxSize() })
  }

  probe(store: StoreAddress, credentials: StoreCredentials): Promise<TeamResult<Capabilities>> {
    return result(async () => {
      const address = checkAddress(store)
      for (const origin of storeOrigins(address)) if (!(await this.ports.allowed(new URL(origin)))) throw refuse('no-permission', hostOf(address))
      this.capabilities = await openStore(address, checkCredentials(credentials), this.ports.drivers).probe()
      return this.capabilities
    })
  }

  create(name: string, store: StoreAddress, credentials: StoreCredentials): Promise<TeamResult<TeamStatus>> {
    return result(async () => {
      const found = await this.mayEnter(null, store, credentials)
      if (!found.write) throw refuse('read-only', hostOf(store))
      const [self, card, at] = [await ownSelf(), await ownCard(), this.ports.now()]
      const team = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => 'abcdefghijklmnopqrstuvwxyz0123456789'.charAt(byte % 36)).join('')
      const founded = foundTeam(team, name.trim(), { card, teamRole: 'lead', since: at }, at)
      const { kept, item } = await makeManifest(self, founded)
      await enterTeam({ team, name: name.trim(), founder: self.signKey, lead: { name: card.name, signKey: self.signKey }, store: checkAddress(store) }, credentials)
      await deviceMemory.keep([kept], [item])
      await noteTeam('created', { team, name }, at)
      return this.after()
    })
  }

  invite(withCredentials: boolean): Promise<TeamResult<{ readonly code: string; readonly invitation: Awaited<ReturnType<typeof readInvitation>>['invitation'] }>> {
    return result(async () => {
      const { state, self, name } = await this.asLead()
      const invitation = { team: state.team, name: state.name, store: state.store, founder: state.founder, lead: { name, signKey: self.signKey } }
      const code = await writeInvitation(invitation, withCredentials ? await mustCredentials(state) : null)
      return { code, invitation: { ...invitation, withCredentials } }
    })
  }

  readInvitation(code: string): ReturnType<TeamService['readInvitation']> {
    return result(async () => (await readInvitation(code)).invitation)
  }

  join(code: string, own: StoreCredentials | null): Promise<TeamResult<TeamStatus>> {
    return result(async () => {
      const { invitation, credentials } = await readInvitation(code)
      const given = own ?? credentials
      if (!given) throw refuse('no-credentials')
      const found = await this.mayEnter(invitation.team, invitation.store, given)
      if (!found.write) throw refuse('read-only', hostOf(invitation.store))
      const [self, card, at] = [await ownSelf(), await ownCard(), this.ports.now()]
      const { item } = await makeNote(self, { format: 1, team: invitation.team, kind: 'join', card: { ...card, areas: [], deputy: [] }, at }, invitation.lead.signKey)
      await enterTeam(invitation, given)
      await deviceMemory.keep([], [item])
      await noteTeam('asked-to-join', { team: invitation.team, lead: invitation.lead }, at)
      return this.after()
    })
  }

  setCredentials(credentials: StoreCredentials): Promise<TeamResult<Capabilities>> {
    return result(async () => {
      const state = await this.state()
      const found = await this.probe(state.store, credentials)
      if (!found.ok) throw new TeamError(found.problem as ConstructorParameters<typeof TeamError>[0])
      await saveTeamCredentials(credentials)
      this.open = null
      return found.value
    })
  }

  move(store: StoreAddress, credentials: StoreCredentials): Promise<TeamResult<TeamStatus>> {
    return result(async () => {
      // Where the administrator set the team, its store is theirs to say.
      await checkAllowed(null)
      const address = checkAddress(store)
      const found = await this.probe(address, credentials)
      if (!found.ok) throw new TeamError(found.problem as ConstructorParameters<typeof TeamError>[0])
      if (!found.value.write) throw refuse('read-only', hostOf(address))
      await this.inTurn(async () => {
        const state = await this.state()
        const { self, sync, store: old } = await this.opened(state)
        const known = await sync.now()
        if (known) await tellMove(known, self, address, this.ports.now(), () => sync.check('now'))
        if (known) await moveTeam({ ...known, store: old }, address, credentials, this.ports.now())
        this.open = null
      })
      await this.check('all')
      return this.whole()
    })
  }

  async notes(): ReturnType<TeamService['notes']> {
    const state = await deviceMemory.state()
    if (!state) return []
    const { self, sync } = await this.opened(state)
    const known = await sync.now()
    return known?.team.own && mayLead(known.team.own.teamRole) ? pendingNotes(known.team, self.signKey) : []
  }

  confirm(note: string, as: Parameters<TeamService['confirm']>[1]): Promise<TeamResult<TeamStatus>> {
    return result(async () => {
      const { team } = await this.asLead()
      const found = team.notes.find(({ digest }) => digest === note)
      if (!found) throw refuse('gone', note)
      const { content } = found.signed
      const { teamRole, areas, deputy, instead } = as
      switch (content.kind) {
        case 'join': {
          const added: TeamChange = { kind: 'add', member: { card: { ...content.card, areas, deputy }, teamRole, since: this.ports.now() }, note, ...(instead === undefined ? {} : { instead }) }
          if (instead === undefined || !team.manifest || memberOf(team.manifest, instead) === null) return this.change(added)
          return this.change({ kind: 'remove', signKey: instead, why: 'lost', note: null, keep: await this.statementsBy(instead) }, added)
        }
        case 'leave': return this.change({ kind: 'remove', signKey: content.signKey, why: 'left', note, keep: await this.statementsBy(content.signKey) })
        case 'rotate': return this.change({ kind: 'rotate', from: content.signKey, card: content.card, note, keep: await this.statementsBy(content.signKey) })
      }
    })
  }

  decline(note: string): Promise<TeamResult<TeamStatus>> {
    return result(() => this.change({ kind: 'decline', note }))
  }

  changeMember(signKey: string, { teamRole, areas, deputy }: Parameters<TeamService['changeMember']>[1]): Promise<TeamResult<TeamStatus>> {
    return result(async () => this.change({ kind: 'change', signKey, teamRole, areas, deputy, keep: await this.statementsBy(signKey) }))
  }

  removeMember(signKey: string, why: Parameters<TeamService['removeMember']>[1]): Promise<TeamResult<TeamStatus>> {
    return result(async () => this.change({ kind: 'remove', signKey, why, note: null, keep: await this.statementsBy(signKey) }))
  }

  changeSettings(settings: Parameters<TeamService['changeSettings']>[0]): Promise<TeamResult<TeamStatus>> {
    return result(() => this.change({ kind: 'settings', settings }))
  }

  setSharing(sharing: TeamState['sharing']): Promise<TeamResult<TeamStatus>> {
    return result(async () => {
      await this.state()
      await deviceMemory.changeState({ sharing })
      return this.whole()
    })
  }

  newKey(): Promise<TeamResult<TeamStatus>> {
    return result(async () => {
      const state = await this.state()
      const { self, sync } = await this.opened(state)
      const { own, manifest, head } = (await sync.now())?.team ?? {}
      if (!own || !manifest || !head) throw refuse('no-member')
      if (isWaiting(state, manifest)) return this.whole()
      const at = this.ports.now()
      const next = await prepareKey(at)
      const card = { ...own.card, signKey: next.signKey, sealKey: next.sealKey }
      const lead = otherLead(manifest, self.signKey)
      if (mayLead(own.teamRole) && !lead) {
        // Nobody else may sign a version of the team, so that no other can be made at the same time and this one will stand.
        const made = await changeTeam(deviceMemory, self, head, [{ kind: 'rotate', from: self.signKey, card, note: null, keep: await this.statementsBy(self.signKey) }], at)
        if (made) await this.followKey(made)
        return this.after()
      }
      const content = { format: 1, team: state.team, kind: 'rotate', signKey: self.signKey, card, at, proof: '' } as const
      const proof = toBase64Url(await next.sign(bytesToSign('rotation', content)))
      const { item, digest } = await makeNote(self, { ...content, proof }, lead?.card.signKey ?? state.lead.signKey)
      await deviceMemory.keep([], [item], { keyNote: digest })
      return this.after()
    })
  }

  leave(): Promise<TeamResult<null>> {
    return result(() => this.inTurn(async () => {
      const state = await this.state()
      const { self, sync } = await this.opened(state)
      const known = await sync.now()
      const at = this.ports.now()
      if (known?.team.own) {
        const lead = known.team.manifest && otherLead(known.team.manifest, self.signKey)
        if (mayLead(known.team.own.teamRole) && !lead && (known.team.manifest?.members.length ?? 0) > 1) throw refuse('last-lead')
        await deviceMemory.keep([], [(await makeNote(self, { format: 1, team: state.team, kind: 'leave', signKey: self.signKey, at }, lead?.card.signKey ?? state.lead.signKey)).item])
        // The note is worth one try; a lead who does not get it sees the member until they are removed.
        await sync.check('now')
      }
      for (const { id, source } of await listPacks()) if (source === 'team') await removePack(id)
      await forgetTeam()
      this.open = null
      await noteTeam('left', { team: state.team, at }, at)
      return null
    }))
  }

  publish(pack: string, text: string, share: number): ReturnType<TeamService['publish']> {
    return result(async () => {
      const { state, self, name, team } = await this.asLead()
      const value = readUnsigned(pack)
      if (!value.ok) throw new TeamError(value.problems[0] ? problemOf(value.problems[0]) : { code: 'invalid', params: [] })
      const failed = selfTest(value.value, () => ({ file: `${value.value.id}.json`, line: 1, column: 1 }))[0]
      if (failed) throw new TeamError(problemOf(failed))
      const { id, version } = value.value
      const statements = team.packs.get(id)?.statements ?? []
      const highest = statements.flatMap(({ signed }) => signed.content.version ?? []).reduce((high, one) => (compareVersions(one, high) > 0 ? one : high), '0.0.0')
      if (statements.length > 0 && compareVersions(version, highest) <= 0) throw refuse('old-version', id, highest)
      const at = this.ports.now()
      const key = await deviceKey()
      const packed = makePack(value.value, canonicalJson(await signPack(value.value, { name, publicKey: key.publicKey, at }, (bytes) => key.sign(bytes))))
      const statement = await makeRelease(self, { format: 1, team: state.team, pack: id, number: nextNumber(statements), action: 'release', version, digest: packed.digest, share, text, at, by: self.signKey })
      await deviceMemory.keep([packed.kept, statement.kept], [packed.item, statement.item])
      await this.check('now')
      return this.pack(id)
    })
  }

  say(pack: string, action: Parameters<TeamService['say']>[1], version: string | null, share: number, text: string): ReturnType<TeamService['say']> {
    return result(async () => {
      const { state, self, team } = await this.asLead()
      const statements = team.packs.get(pack)?.statements ?? []
      const named = action === 'release' || action === 'pin' || action === 'roll-back'
      const digest = named ? statements.findLast(({ signed }) => signed.content.version === version)?.signed.content.digest : null
      if (statements.length === 0 || digest === undefined) throw refuse('gone', pack, version ?? '')
      const content = { format: 1 as const, team: state.team, pack, number: nextNumber(statements), action, version: named ? version : null, digest, share: action === 'release' ? share : 100, text, at: this.ports.now(), by: self.signKey }
      const statement = await makeRelease(self, content)
      await deviceMemory.keep([statement.kept], [statement.item])
      await this.check('now')
      return this.pack(pack)
    })
  }

  async packs(): ReturnType<TeamService['packs']> {
    const state = await deviceMemory.state()
    if (!state) return []
    const { self, sync } = await this.opened(state)
    const known = await sync.now()
    const rows = new Map((await listPacks()).map(({ id, version }) => [id, version]))
    return known ? packViews(known, await this.outlines(), (id) => rows.get(id) ?? null, self.signKey) : []
  }

  packText(pack: string, digest: string): Promise<TeamResult<string>> {
    return result(async () => {
      const { store, sync } = await this.opened(await this.state())
      const version = (await sync.now())?.team.packs.get(pack)?.statements.find(({ signed }) => signed.content.digest === digest)?.signed.content.version
      const text = version ? await packText({ memory: deviceMemory, store }, keyOf.pack(pack, version, digest)) : null
      if (text === null) throw refuse('gone', pack, version ?? '')
      return text
    })
  }

  ledgers(how: 'known' | 'new' | 'all'): ReturnType<TeamService['ledgers']> {
    return result(() => this.inTurn(async () => ledgersView(await leadLedgers(how, await this.leadReads()))))
  }

  insights(how: 'known' | 'new' | 'all'): ReturnType<TeamService['insights']> {
    return result(() => this.inTurn(async () => leadInsights(how, await this.leadReads())))
  }

  check(how: 'hint' | 'now' | 'all'): Promise<SyncReport> {
    return this.inTurn(() => this.look(how))
  }

  // ---- parts --------------------------------------------------------------------------------------------------------------------

  private async look(how: 'hint' | 'now' | 'all'): Promise<SyncReport> {
    const state = await deviceMemory.state()
    if (!state) return { outcome: 'no-team', problem: null, packs: [], requests: 0, answers: 0, rejected: [] }
    const { self, sync, store } = await this.opened(state)
    const now = this.ports.now() - (store.clockAhead() ?? 0)
    await mailWaiting(now)
    let known = await sync.now()
    // Where the worker ended between a new version of the team and the key that it names.
    if (known && known.team.own === null && known.team.head && (await this.followKey(known.team.head))) known = await sync.now()
    if (known?.team.own) await shareRecords(deviceMemory, known.state, self, now, how !== 'hint')
    return sync.check(how)
  }

  /** A store that may be used for a team of this person's, tried out. */
  private async mayEnter(team: string | null, store: StoreAddress, credentials: StoreCredentials): Promise<Capabilities> {
    await checkAllowed(team)
    const there = await deviceMemory.state()
    if (there) throw refuse('in-a-team', there.name)
    if ((await loadSettings()).reviewer.name === '') throw refuse('no-name')
    const found = await this.probe(store, credentials)
    if (!found.ok) throw new TeamError(found.problem as ConstructorParameters<typeof TeamError>[0])
    return found.value
  }

  /** Uses the key that waits here where this version of the team knows it. */
  private async followKey(manifest: StoredManifest): Promise<boolean> {
    if (!(await useWaitingKey(manifest, this.ports.now()))) return false
    await (await this.open?.made)?.self.renew()
    return true
  }

  private async change(...changes: readonly TeamChange[]): Promise<TeamStatus> {
    const { self, team } = await this.asLead()
    if (!team.head) throw refuse('no-member')
    try {
      await changeTeam(deviceMemory, self, team.head, changes, this.ports.now())
    } catch (error) {
      if (error instanceof RangeError) throw refuse('last-lead')
      throw error
    }
    return this.after()
  }

  /** Tells the store, and gives the status. */
  private async after(): Promise<TeamStatus> {
    await this.check('now')
    return this.whole()
  }

  private async whole(): Promise<TeamStatus> {
    const status = await this.status()
    if (!status) throw refuse('no-member')
    return status
  }

  private async pack(id: string): Promise<Awaited<ReturnType<TeamService['packs']>>[number]> {
    const view = (await this.packs()).find((one) => one.id === id)
    if (!view) throw refuse('gone', id)
    return view
  }

  private async state(): Promise<TeamState> {
    const state = await deviceMemory.state()
    if (!state) throw refuse('no-member')
    return state
  }

  private async asLead(): Promise<Open & { readonly team: NonNullable<Awaited<ReturnType<Open['sync']['now']>>>['team']; readonly name: string }> {
    const state = await this.state()
    const open = await this.opened(state)
    const known = await open.sync.now()
    if (!known?.team.own) throw refuse('no-member')
    if (!mayLead(known.team.own.teamRole)) throw refuse('not-lead')
    return { ...open, state: known.state, team: known.team, name: known.team.own.card.name }
  }

  private async leadReads(): Promise<LeadReads> {
    const { store, team: { manifest } } = await this.asLead()
    if (!manifest) throw refuse('no-member')
    return { store, manifest, builtins: this.ports.builtins, now: this.ports.now }
  }

  private async statementsBy(signKey: string): Promise<string[]> {
    const { team } = await this.asLead()
    return [...team.packs.values()].flatMap(({ statements }) => statements.filter(({ signed }) => signed.content.by === signKey).map(({ digest }) => digest))
  }

  /** Store and sync of this team, made once in the worker's life. */
  private async opened(state: TeamState): Promise<Open> {
    if (!this.open || this.open.store !== state.store && JSON.stringify(this.open.store) !== JSON.stringify(state.store)) this.open = { store: state.store, made: this.make(state) }
    const { made } = this.open
    made.catch(() => { this.open = null })
    return { state, ...(await made) }
  }

  private async make(state: TeamState): Promise<Omit<Open, 'state'>> {
    const self = await ownSelf()
    const store = inFolder(state, await usableCredentials(state), this.ports)
    return { self, store, sync: createTeamSync({ memory: deviceMemory, store, self, host: deviceHost(this.ports.builtins, () => self.renew()), now: this.ports.now }) }
  }
}
