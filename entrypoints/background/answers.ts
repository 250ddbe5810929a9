import { APPROVALS_KEY, untoldRequests } from '../../lib/store/index.ts'
import { t } from '../../components/ui/i18n.ts'
import { ANSWERED } from './badge.ts'

const APPROVALS = '/dashboard.html#/approvals'
const NAME = 'countersign-answer'

/**
 * Tells a sender who works elsewhere that an answer came: a number on the button, and a notification where the person has allowed those. Neither says a word of
 * the draft: a notification is seen on a locked screen. Listeners are added at once; gives what looks anew.
 */
export function watchAnswers(run: (what: string, work: Promise<unknown>) => void): () => Promise<void> {
  chrome.storage.onChanged.addListener((changed, area) => {
    if (area === 'local' && changed[APPROVALS_KEY]) run('telling of an answer', tell())
  })
  // There only once the person has allowed it, so it is added then as well.
  const onPress = (): void => {
    chrome.notifications.onClicked.addListener((id) => { if (id === NAME) run('showing an answer', chrome.tabs.create({ url: chrome.runtime.getURL(APPROVALS) })) })
  }
  if (chrome.notifications as unknown) onPress()
  else chrome.permissions.onAdded.addListener(({ permissions }) => { if (permissions?.includes('notifications')) onPress() })
  return tell
}

/** What a notification was shown for last, so that a change elsewhere does not show it again. */
let shown = ''

async function tell(): Promise<void> {
  const rows = await untoldRequests()
  const answers = rows.flatMap((row) => row.answers.slice(row.told ?? 0))
  await chrome.action.setBadgeText({ text: answers.length === 0 ? '' : String(answers.length) })
  const last = answers.at(-1)?.content
  if (!last) {
    shown = ''
    return
  }
  await chrome.action.setBadgeBackgroundColor({ color: ANSWERED })
  const about = answers.map(({ signature }) => signature).join()
  if (about === shown || !(await chrome.permissions.contains({ permissions: ['notifications'] }))) return
  shown = about
  await chrome.notifications.create(NAME, {
    type: 'basic', iconUrl: chrome.runtime.getURL('/icon/128.png'),
    title: t(last.verdict === 'refused' ? 'apprToldRefused' : last.verdict === 'edited' ? 'apprToldEdited' : 'apprToldApproved', last.by.name), message: t('apprToldText'),
  })
}
