import type { SendKind } from './types.ts'

/**
 * What send controls are called, for sites whose structure is not known. Whole labels, lower-case: a label that only begins so ("Send feedback about ads")
 * is another control. Checked by hand against the public translations of common applications.
 */
const WORDS: Readonly<Record<Exclude<SendKind, 'archive'>, string>> = {
  send: 'send|send now|send email|send message|send reply|reply|reply all|post reply|senden|absenden|antworten|envoyer|répondre|enviar|responder|invia|rispondi|'
    + 'verzenden|versturen|beantwoorden|wyślij|odpowiedz|отправить|ответить|надіслати|відповісти|gönder|yanıtla|skicka|svara|发送|回复|傳送|回覆|送信|返信|보내기|답장|إرسال|رد|שליחה|שלח',
  schedule: 'schedule|schedule send|send later|planen|senden planen|später senden|programmer|programmer l’envoi|planifier|planifier l’envoi|programar|programar envío|programar envio|agendar|programma|pianifica invio|inplannen|verzenden plannen|zaplanuj|запланировать|zamanla|定时发送|排程|予約|予約投稿|예약|جدولة|תזמון',
  publish: 'publish|publish now|post|share|veröffentlichen|posten|teilen|publier|partager|publicar|compartir|compartilhar|pubblica|condividi|publiceren|plaatsen|'
    + 'opublikuj|опубликовать|поделиться|опублікувати|yayınla|paylaş|publicera|发布|發佈|公開|投稿|投稿する|게시|발행|نشر|פרסום',
  update: 'update|aktualisieren|mettre à jour|actualizar|atualizar|aggiorna|bijwerken|zaktualizuj|обновить|оновити|güncelle|uppdatera|更新|업데이트|تحديث|עדכון',
  submit: 'submit|comment|add comment|post comment|kommentieren|einreichen|commenter|soumettre|comentar|commenta|reageren|skomentuj|комментировать|评论|提交|コメント|댓글',
}

const KINDS = new Map(Object.entries(WORDS).flatMap(([kind, words]) => words.split('|').map((word) => [word, kind as SendKind])))

/** What a control with this label (see `labelOf`) would do; null when it is not known as a way out. */
export function kindOfLabel(label: string): SendKind | null {
  return KINDS.get(label) ?? null
}

/** Saves or looks without letting anything out. Asked before a submit button is called a way out for its type alone. */
export const STAYS = /\b(draft|preview|cancel|close|delete|discard|attach|upload|search|back|log ?in|sign ?in|entwurf|vorschau|abbrechen|brouillon|aperçu|annuler|borrador|vista previa|cancelar|bozza|anteprima|annulla|rascunho|concept|annuleren|szkic|anuluj|taslak|utkast|kladde)\b|чернов|предпросм|отмена|下書き|キャンセル|草稿|取消|임시|취소|مسودة|إلغاء|טיוטה|ביטול/i
