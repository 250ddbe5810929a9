import { createHash, X509Certificate } from 'node:crypto'
import { generate } from 'selfsigned'

/** A certificate for this machine with its key, both PEM, and what a Chromium is told to take it by. */
export interface Certificate { readonly key: string; readonly cert: string; /** For `--ignore-certificate-errors-spki-list`. */ readonly spki: string }

const DAY = 86_400_000

/** A certificate made for one test run: nothing that anybody trusts is kept in the repository, and nothing runs out there. `expired`: it was good until yesterday. */
export async function localCertificate({ expired = false } = {}): Promise<Certificate> {
  const end = Date.now() + (expired ? -DAY : DAY)
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec', algorithm: 'sha256', notBeforeDate: new Date(end - 2 * DAY), notAfterDate: new Date(end),
    extensions: [{ name: 'basicConstraints', cA: true }, { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }, { type: 2, value: 'localhost' }] }],
  })
  const spki = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' })
  return { key, cert, spki: createHash('sha256').update(spki).digest('base64') }
}
