export { CODE_LIMIT, CodeError } from './code.ts'
export {
  acceptCard, answerRequest, askAnew, askApproval, AskError, closedBecause, ownAreasOf, ownCardCode, removeContact, REQUEST_STANDS, revokeRequest, takeCode, type AskProblem, type Reply, type Taken,
} from './exchange.ts'
