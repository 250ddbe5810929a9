import { editorFor } from '../../../lib/editors/index.ts'
import { press, siteOf } from '../sites.ts'

/** Runs inside the captured page; answers in plain data that can leave it. */
const gmail = siteOf('gmail')
const BODY = '[g_editable=true]'

const one = (selector: string): Element => {
  const found = document.querySelector(selector)
  if (!found) throw new Error(`no ${selector}`)
  return found
}

/** What a press would do, and whether the draft it names is the one on the page. */
function pressed(element: Element): { kind: string; owner: boolean } | null {
  const way = press(gmail, element)
  return way && { kind: way.kind, owner: way.root?.contains(one(BODY)) === true }
}

function text(body: HTMLElement): string {
  return editorFor(body).read(body, gmail.excluded).text
}

export const questions = {
  compose() {
    const roots = gmail.draftRoots(document)
    const root = roots[0]!
    const parts = gmail.parts(root)
    const send = gmail.sendControl(root)
    return {
      roots: roots.length,
      rootOfBody: gmail.draftRoot(parts.bodies[0]!) === root,
      missing: parts.missing,
      subject: parts.subject,
      subjectField: parts.subjectField?.getAttribute('name'),
      recipients: parts.recipients,
      bodies: parts.bodies.map((body) => body.getAttribute('aria-label')),
      text: text(parts.bodies[0]!),
      send: send && pressed(send),
      sendLog: send?.getAttribute('jslog')?.slice(0, 6),
      schedule: pressed(one('[selector=scheduledSend] img')),
      others: [pressed(one('.hG')), pressed(one('[command=Files]')), pressed(one(BODY))],
    }
  },
  drafts: () => ({ roots: gmail.draftRoots(document).length, editors: [...document.querySelectorAll(BODY)].map((editor) => gmail.draftRoot(editor) !== null) }),
  recipients: () => gmail.parts(gmail.draftRoots(document)[0] ?? document.body).recipients,
  text: () => text(one(BODY) as HTMLElement),
}

Object.assign(globalThis, { questions })
