import { ledgerLines, ledgerTable } from '../../lib/store/index.ts'
import { t } from '../ui/index.ts'
import { downloadStream, fileName } from './files.ts'

/** Writes the whole ledger as a file: JSON lines, which `npm run -s ledger -- verify` checks without this device, or a table for reading. */
export async function saveLedger(form: 'jsonl' | 'csv', now: number): Promise<string> {
  const name = fileName(t('ledgerExportName'), form, now)
  if (form === 'jsonl') await downloadStream(name, ledgerLines(now), 'application/jsonl')
  else await downloadStream(name, ledgerTable(), 'text/csv')
  return name
}
