export * from './types.ts'
export { carryDecisions, latestDecisions, settles } from './decisions.ts'
export { digestDraft } from './digest.ts'
export { countedFindings, decideGate, neededOwners, type GateInput } from './gate.ts'
export {
  appendEntry, createLedgerVerifier, linkTo, verifyLedger,
  type LedgerBreak, type LedgerCheck, type LedgerIntact, type LedgerVerifier, type SignedEntry, type VerifierOptions,
} from './ledger.ts'
export { wordDiff, type DiffPart } from './word-diff.ts'
