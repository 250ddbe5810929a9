// Second signatures. Kept apart from `lib/review/index.ts`: the page scripts need none of it, and it brings a signature library.
export * from './types.ts'
export { answerableAreas, approvedAreas, judgeAnswer, type AnswerContext, type ApprovalStanding } from './judge.ts'
export { bytesToSign, fromBase64Url, isSignedBy, keyPhrase, pairPhrase, type SignedKind } from './seal.ts'
