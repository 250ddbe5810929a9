import { credentialSet } from './credentials.ts'
import { entitySets } from './entity-sets.ts'
import type { EvalSection } from './figure.ts'
import { humanMail } from './human-mail.ts'
import { labelled } from './labelled.ts'
import { origin } from './origin.ts'
import { realPaste } from './real-paste.ts'

/** Every part of `npm run eval`, in the order of the table. A part gets the folder of the labelled data (`COUNTERSIGN_DATA`) and skips what is absent with a note. */
export const SECTIONS: Record<string, (data: string) => Promise<EvalSection>> = {
  amounts: entitySets,
  credentials: credentialSet,
  mail: humanMail,
  labelled,
  origin,
  'real-paste': realPaste,
}
