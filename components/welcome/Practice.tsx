import { useEffect, useRef, useState, type ReactNode } from 'react'
import { TEMPLATES, type TemplateId } from '../../lib/policy/workflow.ts'
import { Button, Icon, TierGlyph, t, type MessageKey } from '../ui/index.ts'
import { startPractice } from './practice-guard.ts'

export interface PracticeProps {
  readonly dashboard: string
  /** The workflow that is practised. */
  readonly template: TemplateId
  /** Called when the practice mail really goes: after the review let it. */
  readonly onSent?: (mail: { readonly to: string; readonly subject: string; readonly text: string }) => void
  /** Room under the compose for whatever the page that hosts the practice wants to show. */
  readonly slot?: ReactNode
  /** Has this page watched like any other while the draft is open; returns the undo. */
  readonly watch?: () => () => void
}

/** A draft of the workflow as an assistant gives it, with something in it for the review points. */
interface PracticeDraft { readonly subject: MessageKey; readonly to: MessageKey; readonly paragraphs: readonly MessageKey[] }

const MAIL: PracticeDraft = {
  subject: 'welcomePracticeDraftSubject', to: 'welcomePracticeRecipient',
  paragraphs: ['welcomePracticeDraft1', 'welcomePracticeDraft2', 'welcomePracticeDraft3', 'welcomePracticeDraft4', 'welcomePracticeDraft5'],
}

const DRAFTS: Readonly<Record<TemplateId, PracticeDraft>> = {
  sales_email: MAIL, own: MAIL,
  support_reply: written('support_reply', 'workflowDraft_support_reply_to'), cms_article: written('cms_article', 'welcomePracticeRecipient'),
  newsletter: written('newsletter', 'workflowDraft_newsletter_to'), recruiting_mail: written('recruiting_mail', 'workflowDraft_recruiting_mail_to'),
}

function written(template: Exclude<TemplateId, 'sales_email' | 'own'>, to: MessageKey): PracticeDraft {
  return { subject: `workflowDraft_${template}_subject`, to, paragraphs: ([1, 2, 3, 4, 5] as const).map((at): MessageKey => `workflowDraft_${template}_${at}`) }
}

/**
 * A plain mail or article of the workflow that goes nowhere: recipient, subject, an editable body, Send. The form knows nothing of reviews; it is watched like any
 * page's compose, by the same guard. `data-cs-practice` marks its parts: `form`, `to`, `subject`, `body`, `send`; `data-kind` says what it is.
 */
export function Practice({ dashboard, template, onSent, slot, watch = startPractice }: PracticeProps): ReactNode {
  const draft = DRAFTS[template]
  const { kind } = TEMPLATES[template]
  const post = kind === 'post'
  const form = useRef<HTMLFormElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const [sent, setSent] = useState(false)
  const [said, setSaid] = useState('')
  useEffect(() => watch(), [watch])
  const send = (): void => {
    const fields = form.current ? new FormData(form.current) : new FormData()
    onSent?.({ to: field(fields, 'to'), subject: field(fields, 'subject'), text: body.current?.innerText ?? '' })
    setSent(true)
  }
  const copy = (): void => {
    const item = new ClipboardItem({ 'text/html': new Blob([html(draft)], { type: 'text/html' }), 'text/plain': new Blob([plain(draft)], { type: 'text/plain' }) })
    navigator.clipboard.write([item]).then(() => setSaid(t('welcomePracticeCopied')), (error: unknown) => setSaid(t('welcomeFailed', error instanceof Error ? error.message : String(error))))
  }
  return (
    <>
      <div><h1>{t('welcomePracticeTitle')}</h1><p className="lead">{t(post ? 'welcomePracticeLeadPost' : 'welcomePracticeLead')}</p></div>
      {sent ? (
        <div className="banner t-signed" role="status">
          <TierGlyph tier="signed" />
          <div className="col grow" style={{ gap: 8 }}>
            <span>{t(post ? 'welcomePracticePublished' : 'welcomePracticeSent')}</span>
            <span className="row wrap"><a className="btn" href={`${dashboard}#/history`}>{t('welcomePracticeDone')}</a><Button look="quiet" onClick={() => { setSent(false); setSaid('') }}>{t('welcomePracticeAgain')}</Button></span>
          </div>
        </div>
      ) : (
        <>
          <div className="row wrap">
            <Button look="primary" onClick={() => insert(body.current, html(draft))}><Icon name="clipboard" />{t('welcomePracticePaste')}</Button>
            <Button look="quiet" onClick={copy}>{t('welcomePracticeCopy')}</Button>
            <span className="said" role="status">{said}</span>
          </div>
          <form ref={form} className="card compose" data-cs-practice="form" data-kind={kind} noValidate onSubmit={(event) => { event.preventDefault(); send() }}>
            {!post && <label className="cf"><span>{t('welcomePracticeTo')}</span><input name="to" type="email" dir="ltr" autoComplete="off" defaultValue={t(draft.to)} data-cs-practice="to" /></label>}
            <label className="cf"><span>{t(post ? 'welcomePracticeHeadline' : 'welcomePracticeSubject')}</span><input name="subject" dir="auto" autoComplete="off" defaultValue={t(draft.subject)} data-cs-practice="subject" /></label>
            <div ref={body} className="cb" dir="auto" role="textbox" aria-multiline="true" aria-label={t(post ? 'welcomePracticeArticle' : 'welcomePracticeBody')} contentEditable suppressContentEditableWarning data-cs-practice="body" />
            <div className="row pad"><Button type="submit" look="primary" size="lg" data-cs-practice="send">{t(post ? 'welcomePracticePublish' : 'welcomePracticeSend')}</Button></div>
          </form>
        </>
      )}
      {slot}
    </>
  )
}

function field(fields: FormData, name: string): string {
  const value = fields.get(name)
  return typeof value === 'string' ? value : ''
}

function plain({ paragraphs }: PracticeDraft): string {
  return paragraphs.map((key) => t(key)).join('\n\n')
}

function html({ paragraphs }: PracticeDraft): string {
  const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '<br>')
  return paragraphs.map((key) => `<p>${escape(t(key))}</p>`).join('')
}

/** Puts the draft where a paste would put it, through the editor's own input path, so that one undo takes it back. */
function insert(body: HTMLElement | null, draft: string): void {
  if (!body) return
  body.focus()
  const all = document.createRange()
  all.selectNodeContents(body)
  getSelection()?.removeAllRanges()
  getSelection()?.addRange(all)
  document.execCommand('insertHTML', false, draft)
}
