import { foldText } from './chars.ts'
import { Vocabulary } from './vocabulary.ts'

/** What a word means to entity recognition; bits, because "mil" is a number word and a scale. */
export const ROLE = {
  currency: 1, code: 2, scale: 4, number: 8, percent: 16, duration: 32, dose: 64, month: 128, weekday: 256, qualifier: 512,
  and: 1024, of: 2048, per: 4096, hundred: 8192, minor: 16384, ordinal: 32768, workday: 65536, phone: 131072, abbreviation: 262144,
  to: 524288, weak: 1048576, one: 2097152, next: 4194304, period: 8388608, trailing: 16777216, identity: 33554432,
} as const

/** Languages whose cues we know; a rule names the ones it speaks. */
export const CUE_LANGUAGES = ['en', 'de', 'fr', 'es'] as const

/** Context cues: negation and hedge have one bit a language, in the order of `CUE_LANGUAGES`. */
export const CUE = { negation: 1, hedge: 16, clause: 256, report: 512 } as const

const ROLE_WORDS: readonly (readonly [number, string])[] = [
  [ROLE.currency, `dollar dollars buck bucks euro euros eur pound pounds quid sterling yen yuan renminbi rmb rupee rupees franc francs franken
    krona kronor krone kroner kronen kr zł zloty złoty zlotys real reais peso pesos peseta pesetas dolar dolares dólar dólares dollari dollaro
    lira lire liras gulden guilder guilders mark marks marchi marco marcos franchi fiorini fiorino corone corona couronnes couronne coronas rublos roubles rupias rupie rupien ienes rand rubel ruble rubles rouble roubles won shekel shekels dirham dirhams riyal riyals dinar dinars
    ringgit ringgits rm yens yenes ienes yuans yuanes francos florins florines markka rial rials tugrik tugriks riel kuai lbp egp musd mgbp meur baht bitcoin bitcoins btc sterlina sterline libra libras livre livres pfund usd gbp chf aud cad nzd hkd sgd jpy cny inr krw brl mxn zar sek nok dkk pln czk huf ron aed sar`],
  [ROLE.code, 'usd eur gbp chf aud cad nzd hkd sgd jpy cny inr krw brl mxn zar sek nok dkk pln czk huf ron aed sar qar kwd bhd omr jod ils thb myr idr vnd twd ars clp egp ngn kes isk bgn rub uah rs us au ca hk nz sfr fr'],
  [ROLE.minor, 'sen mao penies peniques cent cents centime centimes centavo centavos centimo centimos céntimo céntimos centesimi centesimo pence penny pennies rappen öre øre paise pfennig kopeks'],
  [ROLE.scale, `k m b bn mn mm mio mrd tn thousand thousands million millions billion billions trillion trillions tausend millionen milliarde milliarden billionen
    mille milliard milliards billones mil millon millones millón milioni milione miliardi miliardo mila duizend miljoen miljard milhão milhao milhões milhoes bilhões bilhoes bilhão bilhao lakh lakhs crore crores`],
  [ROLE.number, `two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig
    deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante
    tres cuatro cinco siete ocho nueve diez doce trece catorce quince veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos dieciséis diecisiete dieciocho diecinueve
    cinque sette otto nove dieci venti trenta quaranta cinquanta twee drie vijf zes zeven acht negen tien twaalf twintig dertig veertig vijftig
    onze doze treze catorze quinze undici dodici tredici quattordici quindici dertien veertien vijftien dreizehn vierzehn fünfzehn dois três quatro sete oito dez vinte trinta quarenta cinquenta sessenta cem cento dos due seis setenta oitenta noventa duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos
    sechzehn siebzehn achtzehn neunzehn zestien zeventien achttien negentien sedici diciassette diciotto diciannove sessanta settanta ottanta novanta zestig zeventig tachtig negentig
    quintos quinto tercios cuartos décimos milésimos milesimos bilionesimo bilionésimo avos quintas cinquièmes`],
  [ROLE.weak, 'quintos quinto tercios cuartos décimos milésimos milesimos bilionesimo bilionésimo avos quintas cinquièmes elf acht cent due sei once dos tre uno huit sept dix seize trente cem cien mil cento'],
  [ROLE.one, 'one ein eine einen einem einer un une una uno um uma een'],
  [ROLE.hundred, 'hundred hundreds hundert honderd cent cents'],
  [ROLE.percent, 'porcentaje prozentsatz percentuale percentagem percent prozent pourcent pourcents percento procent porcento pct percentage pourcentage'],
  [ROLE.per, 'per pour por pro'],
  [ROLE.duration, `second seconds sec secs minute minutes min mins hour hours hr hrs day days week weeks month months year years yr yrs decade decades quarter quarters night nights h
    sekunde sekunden minuten stunde stunden tag tage tagen woche wochen monat monate monaten jahr jahre jahren
    seconde secondes heure heures jour jours semaine semaines mois an ans année années
    segundo segundos minuto minutos hora horas día días dia dias semana semanas mes meses año años
    giorno giorni ora ore settimana settimane mese mesi anno anni dag dagen weken maand maanden jaar uur mês ano anos`],
  [ROLE.period, 'week month quarter year weekend monday tuesday wednesday thursday friday saturday sunday woche monat quartal jahr'],
  [ROLE.next, 'next this end coming'],
  [ROLE.workday, 'business working calendar consecutive full whole additional more'],
  [ROLE.dose, 'mg mcg µg ug ml iu milligram milligrams milligramm milligrammes miligramos microgram micrograms millilitre millilitres milliliter milliliters tablet tablets capsule capsules pill pills puff puffs tabletten kapseln comprimés comprimidos'],
  [ROLE.month, `january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
    januar februar märz mai juni juli oktober dezember janvier février mars avril juin juillet août septembre octobre novembre décembre
    enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre
    gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre januari februari maart mei augustus januário janeiro fevereiro março maio junho julho setembro outubro novembro dezembro`],
  [ROLE.weekday, `monday tuesday wednesday thursday friday saturday sunday tomorrow tonight midnight montag dienstag mittwoch donnerstag freitag samstag sonntag
    lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo`],
  [ROLE.trailing, 'olandesi svizzeri svedesi australianos australianas canadienses canadiens américains australiens estadounidenses americanos finlandeses holandeses mexicanos argentinos canadesi americani australiani finlandesi'],
  [ROLE.qualifier, 'kambodschanische schweizer dänische norwegische schwedische tschechische australiennes suisses malaysian malaysia qatari kuwaiti lebanese egyptian saudi finnish dutch chinese japanese indian norwegian danish swedish czech polish russian brazilian kanadische kanadischen amerikanische amerikanischen australische australischen finnische us american canadian australian singapore british swiss mexican new hong zealand kong canadiens canadien américains américain estadounidenses sterling finlandesi'],
  [ROLE.and, 'and und et y e en con com avec mit point komma virgule virgula vírgula virgola coma'],
  [ROLE.of, 'of de di d des del van von'],
  [ROLE.to, 'to bis à a tot until'],
  [ROLE.ordinal, 'st nd rd th er º'],
  [ROLE.phone, 'tel telephone phone mobile cell fax call reach dial ring answering whatsapp telefon handy mobil téléphone portable teléfono móvil telefono cellulare telefoon telefone'],
  [ROLE.identity, `ssn itin nino nhs dni nie nif nir cif steuer id steuernummer identifikationsnummer idnr sécu sécurité bsn pesel cpf cnpj sin personnummer fiscale cf burgerservicenummer
    insee niss rijksregisternummer ahv avs identity identification national insurance social security tax taxpayer documento identidad fiscal contribuinte`],
  [ROLE.abbreviation, 'mr mrs ms dr prof st vs inc ltd co corp approx est excl incl dept fig jr sr gen rev hon bzw ca ggf usw evtl inkl exkl zzgl abs str tel mme mlle sra pag pág art vol ed'],
]

/** Numbers that German, Dutch, Italian and Spanish write in one word: 21 to 99, hundreds and thousands. */
function compounds(): string[] {
  const german = ['ein', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun']
  const dutch = ['een', 'twee', 'drie', 'vier', 'vijf', 'zes', 'zeven', 'acht', 'negen']
  const italian = ['due', 'tre', 'quattro', 'cinque', 'sei', 'sette', 'otto', 'nove']
  const spanish = ['uno', 'dós', 'trés', 'cuatro', 'cinco', 'séis', 'siete', 'ocho', 'nueve', 'dos', 'tres', 'seis']
  return [
    ...german.flatMap((unit) => ['zwanzig', 'dreißig', 'vierzig', 'fünfzig', 'sechzig', 'siebzig', 'achtzig', 'neunzig'].map((ten) => `${unit}und${ten}`)),
    ...german.flatMap((unit) => [`${unit}hundert`, `${unit}tausend`]),
    ...dutch.flatMap((unit) => ['twintig', 'dertig', 'veertig', 'vijftig', 'zestig', 'zeventig', 'tachtig', 'negentig'].map((ten) => `${unit}${unit.endsWith('e') ? 'ën' : 'en'}${ten}`)),
    ...dutch.flatMap((unit) => [`${unit}honderd`, `${unit}duizend`]),
    ...italian.flatMap((unit) => [`${unit}cento`, `${unit}mila`, ...['venti', 'trenta', 'quaranta', 'cinquanta', 'sessanta', 'settanta', 'ottanta', 'novanta'].map((ten) => (unit === 'otto' ? ten.slice(0, -1) : ten) + unit)]),
    ...spanish.map((unit) => `veinti${unit}`),
  ]
}

const CUE_WORDS: readonly (readonly [number, string])[] = [
  [CUE.negation, `not never no nor cannot without neither none nothing nobody hardly don't doesn't didn't won't wouldn't can't couldn't shouldn't isn't aren't wasn't weren't haven't hasn't hadn't
    mustn't needn't ain't dont doesnt didnt wont cant isnt`],
  [CUE.negation * 2, 'nicht kein keine keinen keinem keiner keines nie niemals ohne weder'],
  [CUE.negation * 4, 'ne n pas jamais aucun aucune sans ni'],
  [CUE.negation * 8, 'no nunca jamás ningún ninguna ninguno sin ni tampoco'],
  [CUE.hedge, 'may might could perhaps possibly probably typically usually generally often sometimes likely potentially maybe'],
  [CUE.hedge * 2, 'kann können könnte könnten vielleicht möglicherweise eventuell üblicherweise normalerweise voraussichtlich hoffentlich dürfte'],
  [CUE.hedge * 4, 'peut peuvent pourrait pourraient généralement souvent éventuellement probablement typiquement'],
  [CUE.hedge * 8, 'puede pueden podría podrían quizás quizá normalmente generalmente posiblemente probablemente suele suelen'],
  [CUE.clause, 'but however although though whereas aber jedoch sondern obwohl mais cependant toutefois pero sino aunque'],
  [CUE.report, 'asked wondered whether wrote claimed alleged fragten fragte gefragt demandé preguntó'],
]

/** Cues of more than one word: negations that are none, and hedges. First word of each is what the context pass looks at. */
const PHRASES = {
  /** Look like negations and are not: the words after the cue that undo it. */
  notNegation: ['not only', 'not just', 'not merely', 'not simply', 'not to mention', 'no doubt', 'no matter', 'no wonder', 'cannot fail', 'cannot lose', "can't fail", "can't lose",
    "can't wait", 'cannot wait', 'nicht nur', 'ohne zweifel', 'pas seulement', 'sans doute', 'no solo', 'no sólo', 'sin duda'],
  whyNot: ['why not', "why don't", "why doesn't", "why wouldn't", "why can't", 'warum nicht', 'pourquoi pas', 'por qué no'],
  negation: ['unable to', 'refuse to', 'refuses to', 'rather than', 'instead of', 'far from'],
  hedge: ['up to', 'can help', 'designed to', 'aim to', 'aims to', 'hope to', 'expect to', 'plan to', 'plans to', 'planning to', 'intend to', 'intends to', 'as much as', 'in most cases', 'in many cases', 'in some cases', 'bis zu', 'in der regel', "jusqu'à", 'en général', 'hasta un', 'en general', 'por lo general'],
} as const

const roles: number[] = [0]
const cues: number[] = [0]

function build(): Vocabulary {
  const vocabulary = new Vocabulary()
  const fill = (table: number[], entries: readonly (readonly [number, string])[]): void => {
    for (const [bit, words] of entries) for (const word of words.split(/\s+/)) {
      const id = vocabulary.add(foldText(word))
      table[id] = (table[id] ?? 0) | bit
    }
  }
  fill(roles, ROLE_WORDS)
  fill(roles, [[ROLE.number, compounds().join(' ')]])
  fill(cues, CUE_WORDS)
  return vocabulary
}

/** The words that entity recognition and context know, numbered the same in every ruleset. Compiling a ruleset adds to a copy. */
export const baseVocabulary = build()
export const cuePhrases = Object.fromEntries(
  Object.entries(PHRASES).map(([name, list]) => [name, list.map((phrase) => foldText(phrase).replace("jusqu'", "jusqu' ").split(' ').map((word) => baseVocabulary.add(word.replace(/'$/, ''))))]),
) as unknown as Readonly<Record<keyof typeof PHRASES, readonly (readonly number[])[]>>
baseVocabulary.freeze()

const roleTable = Int32Array.from({ length: baseVocabulary.size + 1 }, (_, id) => roles[id] ?? 0)
const cueTable = Int32Array.from({ length: baseVocabulary.size + 1 }, (_, id) => cues[id] ?? 0)

/** Bits of `ROLE` of a word; 0 for words that only rules know. */
export function roleOf(word: number): number {
  return word < roleTable.length ? (roleTable[word] as number) : 0
}

const phraseTable = new Uint8Array(baseVocabulary.size + 1)
for (const phrases of Object.values(cuePhrases)) for (const [first = 0] of phrases) phraseTable[first] = 1

/** True for a word with which one of `cuePhrases` begins. */
export function beginsPhrase(word: number): boolean {
  return word < phraseTable.length && phraseTable[word] === 1
}

/** Bits of `CUE` of a word. */
export function cueOf(word: number): number {
  return word < cueTable.length ? (cueTable[word] as number) : 0
}
