import { ledgerLines } from '../../lib/store/index.ts'
import { t } from '../ui/index.ts'
import { downloadPieces, fileName } from './files.ts'

/** Writes the whole ledger as JSON lines, which `npm run -s ledger -- verify` checks without this device. */
export async function saveLedger(now: number): Promise<string> {
  const name = fileName(t('ledgerExportName'), 'jsonl', now)
  await downloadPieces(name, ledgerLines(), 'application/jsonl')
  return name
}
