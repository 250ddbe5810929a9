import { driverPorts, openStore } from '../../../lib/team/store/index.ts'
import { startStores, whyNoStores } from '../../run/team-stores.mjs'
import { monthOf, putAll } from '../../team/month.ts'
import { figure } from '../figures.mjs'

const TEAM = 'benchmonth000000'
const DAY = 86_400_000
/** Objects that are read again: reading all of a large team's would take as long as writing them, and say no more. */
const MOST_READ = 10_000

/** Thirty days of a team's records on the real Ceph, written and read again: how many objects, bytes and requests a member is. */
export async function monthRows({ members = 1_000, days = 30, drafts = 25, uploads = 3 }, say) {
  const reason = whyNoStores()
  if (reason) throw new Error(`No real store: ${reason}`)
  const running = startStores()
  try {
    const ceph = running.stores.find(({ address }) => address.kind === 's3')
    const requests = { PUT: 0, GET: 0 }
    const ports = { ...driverPorts(), timeout: 60_000, fetch: (url, init) => { requests[init.method] += 1; return fetch(url, init) } }
    const store = openStore({ ...ceph.address, folder: `month-${Date.now().toString(36)}/team=${TEAM}` }, ceph.credentials, ports)
    const until = Math.floor(Date.now() / DAY) * DAY
    let from = performance.now()
    const written = await putAll(monthOf({ team: TEAM, members, days, drafts, uploads, until }), ({ key, bytes }) => store.put(key, bytes))
    const wrote = (performance.now() - from) / 1000
    say(`${written.objects} objects written in ${Math.round(wrote)} s`)
    const keys = []
    requests.GET = 0
    from = performance.now()
    for (const kind of ['ledger', 'corrections']) for await (const page of store.list(`kind=${kind}/`)) keys.push(...page.map(({ key }) => key))
    const listed = (performance.now() - from) / 1000
    const lists = requests.GET
    from = performance.now()
    const read = await putAll((async function* () { for (const key of keys.slice(0, MOST_READ)) yield { key, bytes: new Uint8Array() } })(), ({ key }) => store.get(key, { maxBytes: 16_777_216 }), 8)
    const fetched = (performance.now() - from) / 1000
    const member = (value) => value / members
    return [
      figure(`${members} members, ${days} days: objects`, written.objects), figure('bytes', written.bytes / 1_000_000, null, 'MB'), figure('requests to write them', requests.PUT), figure('objects a member', member(written.objects)), figure('bytes a member', member(written.bytes) / 1_000_000, null, 'MB'),
      figure('written a second, with their making', written.objects / wrote), figure('records listed whole', listed, null, 's'), figure('requests to list them', lists), figure(`${read.objects} of them read, eight at once`, fetched, null, 's'), figure('read a second', read.objects / fetched),
    ]
  } finally {
    running.stop()
  }
}
