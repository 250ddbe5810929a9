import { findEntities } from '../../lib/engine/index.ts'
import { type EvalSection, share } from './figure.ts'

/**
 * Credentials as their makers publish their shapes, each made here from a fixed sequence so that no string in this file is one, and look-alikes that a
 * busy mail holds. Formats: the makers' own pages on keys and on secret scanning, as they stood in 2026.
 */
const HEX = 'abcdef0123456789'
const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789'
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const MIXED = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** `length` characters of `alphabet`, always the same for the same seed (a linear congruential sequence). */
export function made(alphabet: string, length: number, seed: number): string {
  let state = seed * 2_654_435_761
  let out = ''
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state | 0, 1_664_525) + 1_013_904_223) >>> 0
    out += alphabet.charAt((state >>> 8) % alphabet.length)
  }
  return !/[a-z].*\d|[A-Z].*\d/.test(alphabet) || (/\d/.test(out) && /[A-Za-z]/.test(out)) ? out : `${out.slice(0, -2)}${/[a-z]/.test(alphabet) ? 'a' : 'A'}${alphabet.includes('7') ? '7' : '2'}`
}

type Format = readonly [maker: string, ...parts: (string | readonly [alphabet: string, length: number])[]]

const FORMATS: readonly Format[] = [
  ['AWS access key', 'AKIA', [UPPER, 16]], ['AWS temporary key', 'ASIA', [UPPER, 16]], ['AWS bearer', 'ABIA', [UPPER, 16]], ['AWS secret key', 'aws_secret_access_key=', [MIXED, 40]],
  ['OpenAI project', 'sk-proj-', [MIXED, 74], '_T3BlbkFJ', [MIXED, 74]], ['OpenAI service account', 'sk-svcacct-', [MIXED, 74]], ['OpenAI old', 'sk-', [MIXED, 20], 'T3BlbkFJ', [MIXED, 20]], ['Anthropic', 'sk-ant-api03-', [MIXED, 93], 'AA'],
  ['OpenRouter', 'sk-or-v1-', [HEX, 64]], ['Hugging Face', 'hf_', [MIXED, 34]], ['Replicate', 'r8_', [MIXED, 37]], ['Groq', 'gsk_', [MIXED, 52]], ['xAI', 'xai-', [MIXED, 80]], ['Perplexity', 'pplx-', [MIXED, 48]], ['NVIDIA', 'nvapi-', [MIXED, 64]],
  ['GitHub personal', 'ghp_', [MIXED, 36]], ['GitHub OAuth', 'gho_', [MIXED, 36]], ['GitHub user to server', 'ghu_', [MIXED, 36]], ['GitHub server to server', 'ghs_', [MIXED, 36]], ['GitHub refresh', 'ghr_', [MIXED, 36]],
  ['GitHub fine-grained', 'github_pat_', [MIXED, 22], '_', [MIXED, 59]], ['GitLab personal', 'glpat-', [MIXED, 20]], ['GitLab deploy', 'gldt-', [MIXED, 20]], ['GitLab runner', 'glrt-', [MIXED, 20]], ['GitLab trigger', 'glptt-', [HEX, 40]], ['GitLab feed', 'glft-', [MIXED, 20]],
  ['Slack bot', 'xoxb-', ['0123456789', 12], '-', ['0123456789', 13], '-', [MIXED, 24]], ['Slack user', 'xoxp-', ['0123456789', 12], '-', ['0123456789', 12], '-', ['0123456789', 13], '-', [HEX, 32]], ['Slack app', 'xapp-1-A', [UPPER, 10], '-', ['0123456789', 13], '-', [HEX, 64]],
  ['Slack webhook', 'https://hooks.slack.com/services/T', [UPPER, 10], '/B', [UPPER, 10], '/', [MIXED, 24]], ['Discord webhook', 'https://discord.com/api/webhooks/', ['123456789', 18], '/', [MIXED, 68]], ['Discord bot', 'M', [MIXED, 25], '.', [MIXED, 6], '.', [MIXED, 38]],
  ['Google API', 'AIza', [MIXED, 35]], ['Google OAuth access', 'ya29.', [MIXED, 60]], ['Google OAuth client', 'GOCSPX-', [MIXED, 28]], ['Alibaba', 'LTAI', [MIXED, 20]], ['Tencent', 'AKID', [MIXED, 32]], ['Yandex', 'AQVN', [MIXED, 38]],
  ['Azure storage', 'AccountKey=', [MIXED, 86], '=='], ['Azure signature', 'https://store.blob.core.windows.net/box/a.csv?sv=2024-05-04&sig=', [MIXED, 43], '%3D'], ['Stripe live', 'sk_live_', [MIXED, 24]], ['Stripe test', 'sk_test_', [MIXED, 24]], ['Stripe restricted', 'rk_live_', [MIXED, 24]], ['Stripe webhook', 'whsec_', [MIXED, 32]],
  ['Square access', 'sq0atp-', [MIXED, 22]], ['Square secret', 'sq0csp-', [MIXED, 43]], ['Braintree', 'access_token$production$', [LOWER, 16], '$', [HEX, 32]], ['Plaid', 'access-sandbox-', [HEX, 8], '-', [HEX, 4], '-', [HEX, 4], '-', [HEX, 4], '-', [HEX, 12]],
  ['Shopify access', 'shpat_', [HEX, 32]], ['Shopify shared', 'shpss_', [HEX, 32]], ['Shopify custom', 'shpca_', [HEX, 32]], ['Shopify private', 'shppa_', [HEX, 32]], ['Razorpay', 'rzp_live_', [MIXED, 14]], ['EasyPost', 'EZAK', [MIXED, 54]], ['Flutterwave', 'FLWSECK_TEST-', [HEX, 12]],
  ['SendGrid', 'SG.', [MIXED, 22], '.', [MIXED, 43]], ['Mailgun', 'key-', [HEX, 32]], ['Brevo', 'xkeysib-', [HEX, 64], '-', [MIXED, 16]], ['Resend', 're_', [MIXED, 8], '_', [MIXED, 24]], ['Twilio key', 'SK', [HEX, 32]], ['Twilio account', 'AC', [HEX, 32]],
  ['npm', 'npm_', [MIXED, 36]], ['PyPI', 'pypi-AgEIcHlwaS5vcmc', [MIXED, 80]], ['RubyGems', 'rubygems_', [HEX, 48]], ['NuGet', 'oy2', [LOWER, 43]], ['Docker Hub', 'dckr_pat_', [MIXED, 27]], ['Clojars', 'CLOJARS_', [LOWER, 60]], ['Artifactory', 'AKCp', [MIXED, 69]], ['SonarQube', 'sqp_', [HEX, 40]],
  ['CircleCI', 'CCIPAT_', [MIXED, 22], '_', [HEX, 40]], ['Buildkite', 'bkua_', [HEX, 40]], ['Octopus', 'API-', [UPPER, 26]], ['Pulumi', 'pul-', [HEX, 40]], ['Prefect', 'pnu_', [LOWER, 36]], ['Vault service', 'hvs.', [MIXED, 90]], ['Vault batch', 'hvb.', [MIXED, 138]], ['Bitbucket', 'ATBB', [MIXED, 32]], ['Atlassian', 'ATATT3', [MIXED, 186]],
  ['DigitalOcean', 'dop_v1_', [HEX, 64]], ['Heroku', 'HRKU-', [HEX, 8], '-', [HEX, 4], '-', [HEX, 4], '-', [HEX, 4], '-', [HEX, 12]], ['Fly', 'fo1_', [MIXED, 43]], ['Netlify', 'nfp_', [MIXED, 36]], ['PlanetScale', 'pscale_tkn_', [MIXED, 43]], ['Supabase', 'sbp_', [HEX, 40]], ['Databricks', 'dapi', [HEX, 32]], ['Cloudflare origin', 'v1.0-', [HEX, 24], '-', [HEX, 146]],
  ['Linear', 'lin_api_', [MIXED, 40]], ['Notion old', 'secret_', [MIXED, 43]], ['Notion', 'ntn_', [MIXED, 46]], ['Airtable', 'pat', [MIXED, 14], '.', [HEX, 64]], ['Postman', 'PMAK-', [HEX, 24], '-', [HEX, 34]], ['Figma', 'figd_', [MIXED, 40]], ['Dropbox', 'sl.', [MIXED, 135]], ['Contentful', 'CFPAT-', [MIXED, 43]], ['Typeform', 'tfp_', [MIXED, 59]],
  ['ReadMe', 'rdme_', [LOWER, 70]], ['Frame.io', 'fio-u-', [MIXED, 64]], ['Duffel', 'duffel_test_', [MIXED, 43]], ['Doppler', 'dp.pt.', [MIXED, 43]], ['Infracost', 'ico-', [MIXED, 32]], ['Adobe', 'p8e-', [HEX, 32]], ['Facebook', 'EAA', [MIXED, 120]], ['age', 'AGE-SECRET-KEY-1', [UPPER, 58]], ['1Password', 'ops_eyJ', [MIXED, 250]],
  ['New Relic user', 'NRAK-', [UPPER, 27]], ['New Relic browser', 'NRJS-', [HEX, 19]], ['Grafana cloud', 'glc_', [MIXED, 60]], ['Grafana service', 'glsa_', [MIXED, 32], '_', [HEX, 8]], ['Sentry organisation', 'sntrys_', [MIXED, 90]], ['Sentry user', 'sntryu_', [HEX, 64]], ['PostHog', 'phx_', [MIXED, 43]], ['Mapbox', 'sk.eyJ', [MIXED, 60], '.', [MIXED, 22]], ['Scalingo', 'tk-us-', [MIXED, 48]], ['Tailscale', 'tskey-auth-', [MIXED, 12], '-', [MIXED, 32]],
  ['JSON web token', 'eyJ', [MIXED, 33], '.eyJ', [MIXED, 60], '.', [MIXED, 43]], ['database address', 'postgres://app:', [MIXED, 16], '@db.intern:5432/main'], ['MongoDB address', 'mongodb+srv://app:', [MIXED, 16], '@cluster0.intern/main'], ['named key', 'api_key = "', [HEX, 32], '"'], ['named token', 'X-Auth-Token: ', [MIXED, 40]], ['client secret', 'client_secret: ', [MIXED, 32]],
  ['private key', '-----BEGIN RSA PRIVATE KEY-----\n', [MIXED, 64], '\n-----END RSA PRIVATE KEY-----'], ['OpenSSH key', '-----BEGIN OPENSSH PRIVATE KEY-----\n', [MIXED, 64], '\n-----END OPENSSH PRIVATE KEY-----'], ['PGP key', '-----BEGIN PGP PRIVATE KEY BLOCK-----\n', [MIXED, 64], '\n-----END PGP PRIVATE KEY BLOCK-----'],
]

/** Every format once, in the sentence a hurried person writes. */
export function credentials(): { maker: string; text: string }[] {
  return FORMATS.map(([maker, ...parts], n) => ({ maker, text: `Please use ${parts.map((part, i) => (typeof part === 'string' ? part : made(part[0], part[1], n * 31 + i + 1))).join('')} until Friday.` }))
}

const WORDS_ALIKE = `sk-learn|sk-estimator-2-pipeline|sk-your-key-here|sk-xxxxxxxxxxxxxxxxxxxxxxxx|sk-...|ghp_your_token_here|ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|github_pat_<your token>|AKIA|AKIAXXXXXXXXXXXXXXXX|AIza...|xoxb-your-bot-token|xoxb-<token>|glpat-<token>
npm_config_registry|npm_lifecycle_event|npm_package_version_2|pypi-server|pypi-publish-action|hf_hub_download|hf_transformers_cache|api_key=YOUR_API_KEY|api_key = "your-api-key-here"|api_key: <insert>|token: undefined|secret = os.environ["SECRET"]|client_secret=\${CLIENT_SECRET}
access_token=xxxxxxxxxxxxxxxxxxxx|Authorization: Bearer <token>|password reset link|the secret ingredient is butter|token ring network|a bus token|secretary_general|key-value-store|key-performance-indicators|key-note-speaker-2026|dapi3|dapi-client|SG.pdf|SG.2026.final|pat.smith|pat.42|EAA meeting|EAAC 2026 conference
live_chat_widget_2|live_stream_2026|pul-over|ACME2026|SKU2026-44|SKU-100200300400|AC1200 router|AC adapter 65W|API-2026-roadmap|API-v2-migration|A3-printer|A3-format|NRAK|hvs.de|s.24|scw-meeting|re_invent_2026|re_read_chapter_12|sl.com|glc_map|figd|ntn_news|secret_santa_2026|secret_menu_item_12
tfp_report|access-control-list-2026|access-production-environment|EDGE2026|cio2026|fw_update_2_1_0|fw_rules|xai-summit|tk-us-travel|oy2u|GR1348|squ_are|tskey|duffel_bag_2`.split(/[|\n]/)

/** Harmless strings that look like credentials: stand-ins, identifiers, digests, names. At least two hundred. */
export function lookAlikes(): string[] {
  const many = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n + 1))
  return [
    ...WORDS_ALIKE,
    ...many(15, (n) => `request ${made(HEX, 8, n)}-${made(HEX, 4, n + 50)}-4${made(HEX, 3, n + 80)}-a${made(HEX, 3, n + 90)}-${made(HEX, 12, n + 99)}`),
    ...many(15, (n) => `commit ${made(HEX, 40, n)}`),
    ...many(10, (n) => `sha256 ${made(HEX, 64, n + 7)}`),
    ...many(10, (n) => `md5 ${made(HEX, 32, n + 17)}`),
    ...many(10, (n) => `order ${made('0123456789', 12, n)}`),
    ...many(10, (n) => `tracking 1Z${made(UPPER, 16, n)}`),
    ...many(10, (n) => `file IMG_${made('0123456789', 8, n)}_${made('0123456789', 6, n + 3)}.jpg`),
    ...many(10, (n) => `https://cdn.example.com/assets/${made(LOWER, 24, n)}.js`),
    ...many(10, (n) => `https://video.example.com/watch?v=${made(MIXED, 11, n)}`),
    ...many(10, (n) => `sku ${made(UPPER, 4, n)}-${made('0123456789', 6, n)}-${made(UPPER, 2, n)}`),
    ...many(10, (n) => `data:image/png;base64,iVBORw0KGgo${made(MIXED, 40, n)}`),
    ...many(10, (n) => `class css-${made(LOWER, 8, n)}`),
  ]
}

const says = (text: string): boolean => findEntities(text).some(({ kind }) => kind === 'secret')

/** Every published format found, every look-alike left alone. */
export function credentialSet(): Promise<EvalSection> {
  const real = credentials()
  const harmless = lookAlikes()
  const missed = real.filter(({ text }) => !says(text)).map(({ maker }) => maker)
  const alarms = harmless.filter((text) => says(`See ${text} for more.`))
  return Promise.resolve({
    title: 'Credentials',
    figures: [share('credentials, formats found', real.length - missed.length, real.length, 1), share('credentials, look-alikes marked', alarms.length, harmless.length, 0, 'at-most')],
    notes: [...missed.map((maker) => `missed: ${maker}`), ...alarms.map((text) => `marked: ${text}`)],
  })
}
