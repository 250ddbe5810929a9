export {
  APPROVALS_KEY, approvalsOf, countInbox, getInbox, listContacts, listInbox, listRequests, markOpened, markTold, noteExpired, removeContact, replaceRequest, revokeRequest, saveAnswer, saveContact, saveFormerKeys, saveInbox, saveRequest, seenBefore, standingRequest, stuckRequests,
  takeAnswer, teamFormerKeys, untoldRequests,
} from './approvals.ts'
export { ADMINISTRATOR_KEY, administratorByNow, administratorFrom, FEATURES, managedPolicy, NO_ADMINISTRATOR, readAdministrator, type Administrator, type AdministratorProblem, type Feature, type ForcedSource } from './administrator.ts'
export { openEarly, RECORD_OUTCOMES } from './db.ts'
export type {
  ContactRow, CorrectionRow, DecisionRow, InboxRow, LedgerRow, PackRow, ProposalRow, RecordOutcome, ReviewRecord, SentRequestRow, StoredProblem, SubscriptionRow, TeamRuleChange,
} from './db.ts'
export { correctionsAfter, correctionsAround, getCorrection, listCorrections, recordCorrection, recordLesson } from './corrections.ts'
export { countedDays, latestNumber, listHosts, numbersBetween, numbersOfDay, numbersOfHost, numbersSince, type CountedDay } from './history.ts'
export { deviceKey, toBase64Url, type DeviceKey } from './device.ts'
export { dropPreparedKey, noteInstead, ownKeysBefore, prepareKey, preparedKey, switchKey, type NextKey } from './device-keys.ts'
export { ownCard, sealKey, sealKeys } from './identity.ts'
export { StoreError, type StoreCode } from './errors.ts'
export { entriesOf, entryOf, latestEntries, ledgerRows } from './ledger.ts'
export { notePolicy } from './policy-note.ts'
export { checkLedger, type CheckOptions, type LedgerReport } from './ledger-check.ts'
export { partsOf, provePart, type Part, type PartProof } from './ledger-parts.ts'
export { ledgerLines, ledgerTable } from './ledger-export.ts'
export {
  activatePack, activePack, announceRulebook, getPack, getSubscription, listPacks, listSubscriptions, PERSONAL_PACK, removePack, removeSubscription,
  rollBackPack, saveSubscription, setPackOn, setRuleOn, type PackOrigin,
} from './packs.ts'
export { packsInUse, provenanceOf } from './packs-in-use.ts'
export { removePersonalRule, savePersonalRule, type PersonalResult } from './personal.ts'
export { backtestStored, storedRanges, sumStored, type StoredChange, type StoredComparison, type StoredRange } from './backtest.ts'
export { loadExperience } from './experience.ts'
export { answeredProposals, answerProposal, reopenProposal } from './answers.ts'
export { acceptProposal, undoProposal, type Acceptance } from './proposals.ts'
export { recallOrigin, rememberOrigin } from './origins.ts'
export {
  forgetRecord, getRecord, listRecords, recallDecisions, recordDecided, recordHeld, recordReopened, recordSent, recordSigned, recordUnchecked, takeBackDismissal, type Context,
} from './records.ts'
export { applyCount, applyRetention, askToKeep, forgetAll, storageRoom, type StorageRoom } from './retention.ts'
export { buildRulebook, createRulebookSource } from './rulebook.ts'
export { newestFound, recordsByNumber, searchRecords } from './search.ts'
export {
  changeSettings, defaultSettings, forced, keepForcedSites, loadSettings, layeredPolicy, ownSettings, policyOf, addSuppression, removeSuppression, saveSettings, setSite, settingsFrom, settingsSchema, watchSettings, type Settings,
} from './settings.ts'
export { buildTallies, forgetTallies, listTallies, tallyProgress, type TallyProgress } from './tallies.ts'
export { installSiteUpdate, judgeSiteUpdate, readSiteUpdates, undoSiteUpdate, updatesInUse, watchSiteUpdates, type SiteUpdateOutcome, type SiteUpdateProblem, type SiteUpdateRow } from './site-updates.ts'
export {
  addTeamSeen, changeTeamState, changeTeamStore, forgetTeam, keepTeamObjects, noteTeam, noteTeamRejections, saveTeamAreas, saveTeamCorrections, saveTeamCredentials, saveTeamLedgers, saveTeamState, sentToTeam, takeTeamContacts, teamCorrections, teamCredentials, teamLedgers, teamObject, teamObjects, teamOutbox, teamOutboxSize, teamSeen, teamState,
} from './team.ts'
export { correctionSchema, exportAll, IMPORT_LIMIT, importAll, importFile, type Imported } from './transfer.ts'
