import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { checkLedger, checkPiece, type LedgerPiece, type PieceEnd } from '../lib/store/index.ts'

/** Name of a worker that checks one piece for another worker. */
const PIECE = 'piece'
/** More workers than that wait for the database. */
const MOST = 4
/** A ledger shorter than that is checked before another worker has started. */
const LONG = 20_000

type Said = { readonly checked: number } | { readonly end: PieceEnd } | { readonly failed: string }

/**
 * Checks the whole ledger off the dashboard's thread; started by `components/shell/useLedger.ts`. Says `{progress}` now and then, and `{report}` or `{failed}` at the end.
 * A long ledger it parts among workers like itself, as many as the machine has processors.
 */
export default defineUnlistedScript(() => {
  if (self.name === PIECE) onmessage = ({ data }: MessageEvent<LedgerPiece>) => answer(checkPiece(data, (checked) => postMessage({ checked })), 'end')
  else answer(checkLedger({ whole: true, now: Date.now(), onProgress: (checked, total) => postMessage({ progress: { checked, total } }), beside: { pieces: Math.min(MOST, navigator.hardwareConcurrency), least: LONG, check } }), 'report')
})

function answer(work: Promise<unknown>, name: 'end' | 'report'): void {
  work.then((done) => postMessage({ [name]: done }), (error: unknown) => postMessage({ failed: error instanceof Error ? error.message : String(error) }))
}

/** The first piece is checked here, the others in workers of their own. */
function check(piece: LedgerPiece, onProgress: (checked: number) => void): Promise<PieceEnd> {
  if (piece.from === 0) return checkPiece(piece, onProgress)
  return new Promise((resolve, reject) => {
    const worker = new Worker(self.location.href, { name: PIECE })
    const end = (settle: () => void): void => {
      worker.terminate()
      settle()
    }
    worker.onmessage = ({ data }: MessageEvent<Said>) => {
      if ('checked' in data) onProgress(data.checked)
      else if ('end' in data) end(() => resolve(data.end))
      else end(() => reject(new Error(data.failed)))
    }
    worker.onerror = (event) => end(() => reject(new Error(event.message)))
    worker.postMessage(piece)
  })
}
