import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.mjs'

/** Where scripts that start real stores are: `stores/` of the outside data. */
const SCRIPTS = join(process.env['COUNTERSIGN_DATA'] ?? join(ROOT, '..', 'shared'), 'stores')

/** What each script starts, as `lib/review/team/store.ts` has it. */
const STORES = [
  { script: 'webdav.sh', name: 'Apache WebDAV', address: { kind: 'webdav', url: 'http://127.0.0.1:8201/team', folder: '' }, credentials: { kind: 'webdav', user: 'team', password: 'team-pw' }, createOnly: true },
  {
    script: 'ceph-rgw.sh', name: 'Ceph RGW', createOnly: true,
    address: { kind: 's3', endpoint: 'http://127.0.0.1:8301', region: 'us-east-1', bucket: 'team', pathStyle: true, folder: '' },
    credentials: { kind: 's3', accessKeyId: 'TEAMACCESSKEY00000001', secretAccessKey: 'team-secret-key-for-tests-only-0001' },
  },
]

/** The folder of the first of them for a browser, which reaches stores by https alone. */
export const FOLDER_OVER_HTTPS = 'https://team:team-pw@127.0.0.1:8441/team/'

/** Why no real store can be started here, or null. */
export function whyNoStores() {
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version')) return 'real stores need Debian or Ubuntu.'
  if (process.getuid?.() !== 0) return 'starting real stores needs root: their packages are installed.'
  const missing = STORES.filter(({ script }) => !existsSync(join(SCRIPTS, script)))
  return missing.length ? `there is no ${join(SCRIPTS, missing[0].script)}; COUNTERSIGN_DATA says where outside data is.` : null
}

/** Runs one of the scripts. @returns its output */
export function storeScript(script, ...args) {
  const { status, stdout, stderr } = spawnSync('bash', [join(SCRIPTS, script), ...args], { encoding: 'utf8', timeout: 600_000, stdio: ['ignore', 'pipe', 'pipe'] })
  if (status !== 0) throw new Error(`${script} ${args.join(' ')}: ${stderr || stdout}`)
  return stdout
}

/** Starts the real stores. Those that were running before stay when the rest is stopped. */
export function startStores() {
  const started = []
  for (const { script, address } of STORES) {
    const url = address.url ?? address.endpoint
    const before = spawnSync('curl', ['-s', '-o', '/dev/null', '-m', '3', url]).status === 0
    storeScript(script, 'up')
    if (!before) started.push(script)
  }
  return { stores: STORES.map(({ script: _script, ...store }) => store), stop: () => { for (const script of started) storeScript(script, 'down') } }
}
