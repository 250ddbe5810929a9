// What a team is: who is in it, what its leads said of packs, and what counts of it. Pure; not in `lib/review/index.ts`, because page scripts need none of it.
export * from './types.ts'
export { formerKeys, foundTeam, judgeFirst, judgeNext, mayLead, memberOf, nextManifest, stepOf } from './manifest.ts'
export { foldChain, type FoldedChain } from './chain.ts'
export { decidePack, foldReleases, isInShare, judgeRelease, mayGoBack, type FoldedReleases, type PackTarget } from './releases.ts'
export { signatureKnown } from './looked.ts'
export { emptyReading, followsReading, ledgerDevices, readLedger, COUNTED_KINDS, type LedgerCounts, type LedgerDevice, type LedgerFault, type LedgerReading, type LedgerSegment } from './ledgers.ts'
export * from './store.ts'

export * from './views.ts'
