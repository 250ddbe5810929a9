import { figure } from '../figures.mjs'
import { openPeople, openStore } from './people.mjs'

const KB = 1024
const rule = (match) => ({
  id: 'bench/name', title: 'Name', category: 'brand', tier: 'review', owner: 'brand', languages: ['en'], message: 'Say the name.', sources: [{ title: 'House rule' }], match, unless: [], near: [], negation: 'ignores', hedge: 'ignores',
  question: 'ignores', quoted: 'ignores', where: ['text'], once: false, reasons: [], examples: { flagged: ['The golden lamp is here.'], clean: ['The lamp is here.'] },
})
const packOf = (version, lists = {}, match = ['golden lamp']) => JSON.stringify({ format: 1, id: 'bench', version, title: 'Bench', description: 'For measuring.', owner: 'bench', lists, rules: [rule(match)] })
const entries = (count) => Array.from({ length: count }, (_, at) => `product ${at.toString(36)} ${(at * 7919 % 100_003).toString(36)}`)

/** Store, people and what was measured, closed whatever happens. */
async function withTeam(measure) {
  const store = await openStore()
  const people = await openPeople(store)
  try {
    return await measure(store, people)
  } finally {
    await people.close()
    store.close()
  }
}

/** A lead and a rep in two real browsers: what a look costs, how fast a pack arrives. */
export function coupleRows({ entries: count = 50_000, alone = true }, say) {
  return withTeam(async (store, people) => {
    const [lead, rep] = [await people.person('Ines Roy'), await people.person('Rhea Vance')]
    await lead.ask('team/create', { name: 'Larkfield Sales', store: store.address, credentials: store.credentials })
    const { value: { code } } = await lead.ask('team/invite', { withCredentials: true })
    await rep.ask('team/join', { code, credentials: null })
    await lead.ask('team/check', { how: 'now' })
    const { value: [note] } = await lead.ask('team/notes')
    await lead.ask('team/confirm', { note: note.id, as: { teamRole: 'rep', areas: [], deputy: [] } })
    await rep.ask('team/check', { how: 'all' })
    await lead.ask('team/check', { how: 'all' })

    const rows = []
    for (const [name, person, goal] of [['rep', rep, 1], ['lead', lead, null]]) {
      await person.ask('team/check', { how: 'hint' })
      // A look of its own may fall into the time: the least of some is what one costs.
      const looks = []
      for (let look = 0; look < 5; look++) {
        const before = await store.ask('traffic')
        const { value, ms } = await person.ask('team/check', { how: 'hint' })
        const after = await store.ask('traffic')
        if (value.outcome === 'unchanged') looks.push({ requests: after.requests - before.requests, bytes: after.bytes - before.bytes, ms })
      }
      const least = looks.filter(({ requests }) => requests > 0).sort((a, b) => a.requests - b.requests || a.bytes - b.bytes)[0]
      if (!least) throw new Error(`no look of the ${name} left the store alone`)
      say(`${name}: ${JSON.stringify(looks)}`)
      rows.push(figure(`unchanged check of a ${name}, conditional requests`, least.requests, goal), figure(`unchanged check of a ${name}, bytes there and back`, least.bytes, goal && KB, 'B'))
    }

    await lead.ask('team/publish', { pack: packOf('1.0.0'), text: 'First.', share: 100 })
    const now = await rep.ask('team/check', { how: 'now' })
    if ((await rep.using('bench')) !== '1.0.0') throw new Error('the pack did not arrive')
    rows.push(figure('pack in use on another profile, on "check now"', now.ms / 1000, 2, 's'))

    const large = packOf('2.0.0', { products: entries(count) }, ['golden lamp', '{list:products} lamp'])
    const published = await lead.ask('team/publish', { pack: large, text: 'Products.', share: 100 })
    const taken = await rep.ask('team/check', { how: 'now' })
    if ((await rep.using('bench')) !== '2.0.0') throw new Error('the large pack did not arrive')
    rows.push(figure(`pack of ${count} entries: published`, published.ms / 1000, null, 's'), figure(`pack of ${count} entries: taken into use`, taken.ms / 1000, null, 's'))
    rows.push(figure(`pack of ${count} entries, publish to active, the store beside it`, (published.ms + taken.ms) / 1000, 3, 's'))

    if (alone) {
      await lead.ask('team/publish', { pack: packOf('3.0.0'), text: 'By itself.', share: 100 })
      const from = Date.now()
      while ((await rep.using('bench')) !== '3.0.0' && Date.now() - from < 180_000) await new Promise((resolve) => { setTimeout(resolve, 250) })
      rows.push(figure('pack in use on another profile, by itself', (Date.now() - from) / 1000, 60, 's'))
    }
    return rows
  })
}

/** A lead who comes into a team whose store holds so many objects. */
export function manyRows({ objects = 100_000, members = 1_000 }, say) {
  return withTeam(async (store, people) => {
    const filled = await store.ask('fill', { objects, members })
    say(`${filled.objects} objects of ${members} members are there`)
    const lead = await people.person('Ines Roy')
    const start = await store.ask('traffic')
    const joined = await lead.ask('team/join', { code: filled.code, credentials: null })
    const team = await store.ask('admit')
    const caught = await lead.ask('team/check', { how: 'all' })
    const { value: status } = await lead.ask('team/status')
    if (status.members.length !== team || caught.value.problem) throw new Error(`the lead knows ${status.members.length} members of ${team}: ${JSON.stringify(caught.value.problem)}`)
    const end = await store.ask('traffic')
    say(`joined in ${Math.round(joined.ms)} ms, caught up in ${Math.round(caught.ms)} ms`)
    const again = await lead.ask('team/check', { how: 'now' })
    return [
      figure(`${filled.objects} objects: catch-up from nothing`, (joined.ms + caught.ms) / 1000, 60, 's'),
      figure(`${filled.objects} objects: requests for it`, end.requests - start.requests),
      figure(`${filled.objects} objects: looked again, all that is new listed`, again.ms / 1000, 2, 's'),
    ]
  })
}
