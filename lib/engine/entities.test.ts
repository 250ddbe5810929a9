import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findEntities } from './index.ts'

/** `kind text` of each entity. */
function found(text: string): string[] {
  return findEntities(text).map(({ kind, span }) => `${kind} ${text.slice(span.start, span.end)}`)
}

/** Each line: a text in which «…» holds what is to be found, of the kind of its table. */
function expectMarked(kind: string, marked: string): void {
  const plain = marked.replace(/[«»]/g, '')
  const wanted = [...marked.matchAll(/«([^»]*)»/g)].map((match) => `${kind} ${match[1] ?? ''}`)
  expect(found(plain).filter((entity) => entity.startsWith(`${kind} `))).toEqual(wanted)
}

describe.each<[string, string[]]>([
  ['money', [
    'It costs «$1,299.00» now', 'für «1.299,00 €» im Jahr', 'pour «1\u202f299,00\u00a0€» par an', 'pour «1 299,00 €» par an', 'nur «CHF 1\'299.-» heute', 'about «USD 1.2k» a year', '«20 euros» and «five hundred dollars»',
    '«US$ 5 million» deal', '«€1.2m»–raise', '«£100» player', '«10 milliards d\'euros»', '«323 milhões de euros»', '«$10 - $20»'.replace(' - ', '» or «'), '«10-20 €»', '«3 euros and 50 cents»', '«20€»', '«EUR29,99»', '«R$2,00»', '«twenty-one pounds»',
    '«5 Malaysian ringgits»', '«125 milhões de dólares australianos»', 'paid «13 dollars and 45 cents» there', '«15 dollars and 50», then', 'run $PATH or $(ls)', 'the 5 all stars', 'a real deal of 3 TOP items',
    '«siebenhundert Euro» und «achtundsiebzig Millionen Dollar»', '«dreizehn Euro und fünfundvierzig Cent»', '«zwei Euro fünfzig»', '«15 dollars 50» is fine', 'for «20 euros» three times', 'about «12 USD» 30 days later', '«U.S. $100» each', '«U$D 90 millones»', '«RM42»', '«10 c»', 'at 10 C outside',
    'um gasto de «$ um bilhão»', 'em «dólar 22500000».', '«c $ 16.4 million»', 'see 7 marks of it'.replace('marks', 'pages'), 'invoice INV-2500',
  ]],
  ['percent', ['«20%» off', '«20 %»', '«20\u00a0%» Rabatt', '«20 per cent»', '«20 Prozent»', '«twenty percent»', '«5-10%»', 'bis «99,9 %»', '«20 por ciento»', '«20 pour cent»', 'half of it, a fifth',
    '«cento e trinta e três por cento»', '«quinientos trece millones cuatrocientos mil por ciento»', '«vinte e um por cento»', '«tres quintos por ciento»', '«1 sobre 3 por ciento»', '«1,1^23 pourcent»', '«,5 %» of it', 'a «percentage of 30»', 'the percentage of people']],
  ['duration', ['«3 months»', 'within «24 hours»', 'a «30-day» trial', '«two weeks»', '«10 business days»', '«24h» service', '«14 Tage»', '24/7 support', 'one of the days', 'in 2026']],
  ['date', ['on «23 November 2026»', '«November 23rd, 2026»', '«2026-11-23»', '«12/05/2024»', '«12.05.2024»', 'am «3. Mai» gilt', 'el «23 de noviembre de 2026»', 'by «Friday»', '«next week»', 'by the «end of the quarter»', 'in «Q3 2026»', 'in «March 2026»', 'we may march on', 'version 12.5.1', 'ratio 3/4']],
  ['number', ['about «5» cats and «twenty-one» dogs', '«1,299.5» items', 'one of us', 'once more']],
  ['phone', ['call «555-123-4567»', '«(415) 555-2671» now', 'ring «+49 30 1234567» today', '«+1 (415) 555-2671»', 'Tel: «030 1234567»', '«449 4898» fax', '«(415) 555-2671 ext. 12»', 'order 1234567890 is here', 'in 2024-2025', 'IDs 12345 67890', 'BA39 A290 0794 0102 8494'.slice(0, 14)]],
  ['email', ['to «jane.doe+x@mail.example.co.uk».', '@jane and a@b', 'mail «a@b.com», «c@d.org»']],
  ['url', ['see «https://x.com/a?b=1».', '(«https://en.org/a_(b)»)', '«www.foo.org», «example.com/path»', 'end.Then it', 'e.g. this', 'Node.js rocks']],
  ['ip', ['at «10.0.0.1» and «2001:db8::1»', 'here «::1»', 'id text10.0.0.1', 'version 1.2.3', 'v1.2.3.4', '300.1.1.1', 'at 10:30:15 sharp', 'std::vector']],
  ['card', ['card «4111 1111 1111 1111» exp 12/26', '«5500-0000-0000-0004»', '«378282246310005»', '4111 1111 1111 1112', '1234567890123456', '0000 0000 0000 0000']],
  ['iban', ['«DE89 3704 0044 0532 0130 00» please', '«GB82WEST12345698765432»', 'DE88 3704 0044 0532 0130 00', 'IT12 items']],
  ['ssn', ['«536-90-4399»', 'My number is «536-90-4399».', 'it is «536-90-4399» and so on', '«536 90 4399» 2024', 'Suite 680 36 4022 Oakridge Lane', 'Unit «536-90-4399»', '536-90-4399-12', '536-90 4399', '000-12-3456', '666-12-3456', '912-12-3456', '123-45-678']],
  ['id', ['NINO «AB123456C» is', '«AB 12 34 56 C»', 'DNI «12345678Z»', 'NIE «X1234567L»', '12345678A', 'Steuer-ID «86 095 742 719»', '86095742719 pieces', 'IdNr. 86095742718', '«1 85 05 78 006 084 91»', '«RSSMRA85T10A562S»', 'RSSMRA85T10A562T', 'CPF «111.444.777-35»', '111.111.111-11', 'BSN «111222333»', 'order 111222333', 'AHV «756.9217.0769.85»', 'PESEL «44051401359»', 'BG123456C', 'ab123456c part']],
  ['dose', ['take «500 mg» daily', '«5 ml»', '«2 tablets»', '«10 mg/kg»', '«20mg»', 'a 2024 MG car', 'the 5G net']],
  ['secret', ['key «sk-abcd1234efgh5678ijkl».', '«AKIAIOSFODNN7EXAMPLE»', `«ghp_${'a1'.repeat(18)}»`, `«eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${'x1'.repeat(10)}»`, '«-----BEGIN RSA PRIVATE KEY-----»', 'a sk-ill and risk-free task-based', 'ghp_short',
    'aws_secret_access_key=«wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzq81AKEYX»', 'api_key: YOUR_API_KEY_HERE_2026', 'token: undefined', 'secret = os.environ', '«postgres://app:tr0ub4dor@db.intern/main»', 'postgres://app:password@db.intern/main', 'a secretary: Ann', 'commit 5f4dcc3b5aa765d61d8327deb882cf99abcdef12']],
  ['placeholder', [
    '«[i.e.lamps]» it is', '«[e.g. lamps]» as well', 'Dear «[Your Name]»,', '«[Company Name]» and «[Insert date here]»', '«[Date]»', 'Hi «{{first_name}}» «{first_name}» «<<name>>» «%FIRSTNAME%» «*|FNAME|*» «${name}»', '«[Recipient\'s Name]» «[Recipient’s Name]»', '«[Ihr Name]» «[Votre nom]» «[Su nombre]»', '«{{ contact.firstname }}»', '«[NAME]»', '«[Feature 1]»', '«[briefly describe the scope]»', '«[date, e.g. the last working day]»',
    '[sic] [1] [EXTERNAL] [ ] [x] {0} [text](https://a.b)', 'I met [the company] there', '[name redacted] and [email protected]', 'a[i] \\frac{a}{b} f{x}', '50% off, 20% on', '[Ticket 123]', 'match [a-zA-Z0-9._-] here', '[emphasis added]',
  ]],
  ['leftover', [
    'so «turn0search0» «citeturn0search0turn1view2» ok', 'x «\ue200cite\ue202turn0search1\ue201»', 'model «:contentReference[oaicite:0]{index=0}» is', '«::contentReference[oaicite:1]{index=1}»', 'a «[oai_citation:4‡site.com](https://www.site.com/x)» b', 'b «【1†source】» c «【24†L7-L9】»',
    '«:::writing{variant="email" id="58219" subject="A b"}» Hello', '«[cite_start]»Then«[cite: 1, 2]».', '«[span_1](start_span)»It«[span_1](end_span)»', '«<grok-card data-id="1" data-type="citation_card"></grok-card>»', 'see «[web:1]» «[attached_file:1]»', '«sandbox:/mnt/data/report.pdf»',
    'at «https://ppl-ai-file-upload.s3.amazonaws.com/x.png»', '«https://vertexaisearch.cloud.google.com/grounding-api-redirect/AUZ»', 'an «attributableIndex» is', '«<thinking>»', 'Our cite: 3 papers', 'Turn 0 search results', 'wait your turn, 0 searched', '【重要】', '[citation needed] [1]',
    '\ue200 icon', 'https://a.com/?utm_source=chatgpt.com',
  ]],
])('%s', (kind, lines) => {
  it.each(lines)('%s', (line) => expectMarked(kind, line))
})

it('gives no entity inside another, in order', () => {
  expect(found('Save 20% or $5 in 3 days, see https://a.com/20%25-off')).toEqual(['percent 20%', 'money $5', 'duration 3 days', 'url https://a.com/20%25-off'])
})

const forms = join(process.env['COUNTERSIGN_DATA'] ?? '../shared', 'data/artefact_forms.dev.jsonl')
interface Row { text: string; spans: { start: number; end: number; category: string }[] }

describe.skipIf(!existsSync(forms))(`labelled assistant tokens (needs ${forms})`, () => {
  it('finds every one of them exactly, and nothing in the look-alikes', () => {
    const rows = readFileSync(forms, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Row)
    expect(rows.length).toBeGreaterThan(20)
    for (const { text, spans } of rows) {
      const leftovers = findEntities(text).filter(({ kind }) => kind === 'leftover').map(({ span }) => text.slice(span.start, span.end))
      for (const { start, end, category } of spans) if (category === 'artefact:tool_token') expect(leftovers).toContain(text.slice(start, end))
      if (spans.length === 0) expect(leftovers).toEqual([])
    }
  })
})
