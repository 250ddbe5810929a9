import type { RulePack } from '../engine/index.ts'
import { digestOf } from './digest.ts'
import { fileProblem, type PackProblem } from './problem.ts'
import { checkHandWrittenPack, parseJson } from './read.ts'
import { selfTest } from './self-test.ts'
import { fingerprintOf, looksSigned, verifySignedPack } from './signature.ts'
import { compareVersions } from './version.ts'

/** The pack of the same id that is in use now. `publicKey` is null for built-in packs and for a person's own unsigned ones. */
export interface ActivePack { readonly pack: RulePack; readonly publicKey: string | null }

/**
 * Whom to believe. `pinned`: only this key (set by the team's administrator). `first-use`: any key the first time, the same key from then on.
 * `local`: a file that the person opened on purpose; it may be unsigned, but never replaces a signed pack.
 */
export type Trust = { readonly kind: 'pinned'; readonly publicKey: string } | { readonly kind: 'first-use' } | { readonly kind: 'local' }

export interface InstallRequest {
  readonly json: string
  /** What messages call the file. */
  readonly file: string
  readonly active: ActivePack | null
  readonly trust: Trust
  /** A person chose to go back to an older version. Never set by automatic updates. */
  readonly allowOlder?: boolean | undefined
}

export type InstallDecision =
  | { readonly kind: 'activate'; readonly pack: RulePack; readonly digest: string; readonly publicKey: string | null; readonly signedBy: string | null; readonly signedAt: string | null }
  /** The very same pack is in use already. */
  | { readonly kind: 'unchanged'; readonly pack: RulePack; readonly digest: string }
  /** Refused: the last good pack, if any, stays. */
  | { readonly kind: 'keep'; readonly pack: RulePack | null; readonly problems: readonly PackProblem[] }

interface Candidate { pack: RulePack; digest: string; publicKey: string | null; signedBy: string | null; signedAt: string | null }

function readCandidate(request: InstallRequest): Candidate | readonly PackProblem[] {
  const json = parseJson(request.json, request.file)
  if (!json.ok) return json.problems
  if (looksSigned(json.value)) {
    const verified = verifySignedPack(json.value, request.file)
    return verified.ok ? verified : verified.problems
  }
  const plain = checkHandWrittenPack(json.value, request.file)
  if (!plain.ok) return plain.problems
  if (request.trust.kind !== 'local') return [fileProblem(request.file, 'The pack is not signed.', 'Publish it with "packs build --key", or open the file yourself.')]
  return { pack: plain.value, digest: digestOf(plain.value), publicKey: null, signedBy: null, signedAt: null }
}

/** Why this key may not replace or bring this pack, or null. */
function keyProblem({ trust, active, file }: InstallRequest, publicKey: string | null): PackProblem | null {
  if (trust.kind === 'pinned') {
    if (publicKey === trust.publicKey) return null
    return fileProblem(file, `The pack is signed with ${publicKey ? `the key ${fingerprintOf(publicKey)}` : 'no key'}, not with the team's.`, 'Ask your administrator which key is the right one.')
  }
  if (!active || active.publicKey === publicKey) return null
  if (active.publicKey === null) {
    return trust.kind === 'local' ? null : fileProblem(file, 'The pack in use was not signed, so there is no key to compare with.', 'Ask your administrator to name the team\'s key, or remove the pack in use first.')
  }
  return fileProblem(file, `The pack in use was signed with the key ${fingerprintOf(active.publicKey)}, this one ${publicKey ? `with ${fingerprintOf(publicKey)}` : 'is not signed'}.`,
    'Compare the key with whoever published it; remove the pack in use first if the change is meant.')
}

function versionProblem({ active, file, allowOlder }: InstallRequest, pack: RulePack): PackProblem | null {
  if (!active) return null
  const order = compareVersions(pack.version, active.pack.version)
  if (order < 0 && !allowOlder) return fileProblem(file, `Version ${pack.version} is older than ${active.pack.version}, which is in use.`, 'Publish it again under a higher version, or go back on purpose in the pack\'s page.')
  if (order === 0) return fileProblem(file, `Version ${pack.version} is in use with other content.`, 'Raise the version in pack.yaml and publish again.')
  return null
}

/**
 * Decides whether a pack goes into use. Pure, never throws: form, then signature, then key, then version, then patterns and examples.
 * Whoever calls it stores what `activate` brings and does nothing on `keep` but show the problems.
 */
export function installPack(request: InstallRequest): InstallDecision {
  const { active, file } = request
  const keep = (problems: readonly PackProblem[]): InstallDecision => ({ kind: 'keep', pack: active?.pack ?? null, problems })
  const candidate = readCandidate(request)
  if (!('digest' in candidate)) return keep(candidate)
  const { pack, digest, publicKey, signedBy, signedAt } = candidate
  if (active && active.pack.id !== pack.id) return keep([fileProblem(file, `This is the pack "${pack.id}", not "${active.pack.id}".`, 'Add it as a pack of its own.')])
  const key = keyProblem(request, publicKey)
  if (key) return keep([key])
  if (active && active.publicKey === publicKey && digestOf(active.pack) === digest) return { kind: 'unchanged', pack: active.pack, digest }
  const version = versionProblem(request, pack)
  if (version) return keep([version])
  const failed = selfTest(pack, () => ({ file, line: 1, column: 1 }))
  if (failed.length > 0) return keep(failed)
  return { kind: 'activate', pack, digest, publicKey, signedBy, signedAt }
}
