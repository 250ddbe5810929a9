/**
 * Runs in a page of the extension: makes the database of the first version anew and fills it, past our own code. The tables and indexes are those that version 1 had.
 * Every fourth record keeps its text. `say` is a function of the page that is told how far it is.
 */
export async function fillVersion1({ records, corrections, start, days }) {
  const done = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error) })
  // Asked for in one breath: nobody else's opening can come between.
  const gone = indexedDB.deleteDatabase('countersign')
  const open = indexedDB.open('countersign', 10)
  open.onupgradeneeded = () => {
    const tables = {
      records: ['++number', 'session', 'at', 'updated', 'outcome', 'site', 'host', '*categories', '*rules', '*words'], ledger: ['seq', '&once', 'kind', 'at'],
      decisions: ['[session+fingerprint]', '[site+fingerprint]', 'session', 'at'], corrections: ['++id', '&[at+rule+before]', 'rule', 'category', 'site', 'at'], packs: ['id', 'url'], subscriptions: ['url', 'packId'],
      proposals: ['id', 'state', 'at'], meta: ['key'],
    }
    const pathOf = (name) => (name.startsWith('[') ? name.slice(1, -1).split('+') : name)
    for (const [table, [key, ...indexes]] of Object.entries(tables)) {
      const store = open.result.createObjectStore(table, { keyPath: pathOf(key.replace('++', '')), autoIncrement: key.startsWith('++') })
      for (const index of indexes) {
        const name = index.replace(/^[&*]/, '')
        store.createIndex(name, pathOf(name), { unique: index.startsWith('&'), multiEntry: index.startsWith('*') })
      }
    }
  }
  const [, db] = await Promise.all([done(gone), done(open)])
  const span = days * 86_400_000
  const sites = ['gmail', 'hubspot', 'zendesk', 'wordpress']
  const assistants = ['ChatGPT', 'Gemini', 'Claude', null]
  const rules = [['pricing/percent-off', 'pricing'], ['promise/guarantee', 'promise'], ['statistic/share-of-people', 'statistic'], ['brand/stock-opener', 'brand'], ['legal/binding', 'legal'], ['medical/cure', 'medical'], ['pricing/free', 'pricing'], ['customer/vip', 'customer']]
  const words = ['offer', 'lamps', 'discount', 'clinic', 'delivery', 'winter', 'contract', 'refund', 'spring', 'guarantee', 'visitor', 'blinds', 'chairs', 'invoice', 'warranty', 'quarter']
  const sentence = (n) => `We will send the ${words[n % 16]} with the ${words[(n * 7) % 16]} to the ${words[(n * 3) % 16]} on day ${n % 28}, and about ${n % 90}% of people like it. `
  const outcomes = ['fixed', 'kept', 'dismissed', 'kept']
  const record = (n) => {
    const at = start + Math.floor((n / records) * span)
    const [rule, category] = rules[n % 8]
    const text = n % 4 === 0 ? Array.from({ length: 8 }, (_, line) => sentence(n + line)).join('') : null
    const fingerprint = `${rule} ${n}`
    const finding = { rule, title: rule, pack: category, packVersion: '1.0.0', category, owner: category, tier: n % 3 ? 'review' : 'note', field: 'body', span: { start: 0, end: 7 }, quote: 'We will', message: 'Check this.', suggest: null, sources: [], reasons: [], evidence: [], fingerprint }
    const decision = { fingerprint, rule, category, tier: finding.tier, outcome: outcomes[n % 4], reason: 'checked', quote: 'We will', at: at + 20_000 }
    const outcome = n % 50 === 0 ? 'unreviewed' : n % 37 === 0 ? 'overridden' : 'sent'
    return {
      session: `s${n}`, at, updated: at + 30_000, site: sites[n % 4], host: 'mail.google.com', kind: n % 5 ? 'email' : 'reply', subject: `${words[n % 16]} ${words[(n * 5) % 16]} ${n}`,
      recipients: [{ address: `person${n % 5_000}@kunde.example`, name: `Person ${n % 5_000}`, field: 'to' }], digest: 'a'.repeat(64), length: 900,
      origin: { verdict: 'ai', evidence: [{ class: 'T2', mark: 'mark', product: assistants[n % 4], count: 3 }] }, requirement: { tier: finding.tier, owners: [], reasons: [] }, findings: [finding], decisions: n % 3 ? [decision] : [],
      outcome, heldAt: n % 3 ? at : null, signOff: n % 3 && outcome === 'sent' ? { reviewer: { name: 'Dana', role: 'Sales' }, at: at + 25_000, site: 'gmail', kind: 'email', digest: 'a'.repeat(64), rulesetDigest: 'b'.repeat(64), policyDigest: 'c'.repeat(64), requirement: { tier: 'review', owners: [], reasons: [] }, decisions: [], reading: { ms: 9_000 + (n % 20_000), least: 4_000 } } : null,
      unchecked: null, sent: { at: at + 30_000, kind: 'send' }, text, blocks: text ? [{ span: { start: 0, end: text.length }, kind: 'text' }] : [], noted: [`sent:${n}`], categories: [category], rules: [rule],
      words: [words[n % 16], words[(n * 5) % 16], `person${n % 5_000}`, 'kunde', `number${n}`],
    }
  }
  const correction = (n) => {
    const [rule, category] = rules[n % 8]
    const before = `${words[n % 16]} ${words[(n * 11) % 16]}`
    return { rule: n % 3 ? rule : '', category, before, after: `better ${words[(n * 13) % 16]}`, sentence: `We offer ${before} for day ${n % 365}.`, site: sites[n % 4], at: start + Math.floor((n / corrections) * span) + (n % 1_000) }
  }
  for (const [table, count, make, batch] of [['records', records, record, 2_000], ['corrections', corrections, correction, 10_000]]) {
    for (let from = 0; from < count; from += batch) {
      const writing = db.transaction(table, 'readwrite', { durability: 'relaxed' })
      const store = writing.objectStore(table)
      for (let n = from; n < Math.min(count, from + batch); n++) store.add(make(n))
      await new Promise((resolve, reject) => { writing.oncomplete = resolve; writing.onerror = () => reject(writing.error); writing.onabort = () => reject(writing.error) })
      if (from % (batch * 20) === 0) globalThis.say?.(`${table}: ${from}`)
    }
  }
  db.close()
}

/** Runs in a page of the extension: rows of each table, and how far counting is. */
export async function look() {
  const done = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error) })
  const db = await done(indexedDB.open('countersign'))
  const counts = {}
  for (const name of db.objectStoreNames) counts[name] = await done(db.transaction(name).objectStore(name).count())
  const built = (await done(db.transaction('meta').objectStore('meta').get('tallies-built')))?.value ?? null
  let [drafts, corrected] = [0, 0]
  if ([...db.objectStoreNames].includes('tallies')) for (const { keys, counts: all } of await done(db.transaction('tallies').objectStore('tallies').getAll())) {
    const names = keys.split('\u001e')
    const width = all.length / names.length
    for (const [at, key] of names.entries()) if (key.endsWith('\u001f\u001f')) { drafts += all[at * width]; corrected += all[at * width + 14] }
  }
  const { version } = db
  db.close()
  return { version, counts, built: built && { records: built.records === Infinity, corrections: built.corrections === Infinity }, drafts, corrected }
}
