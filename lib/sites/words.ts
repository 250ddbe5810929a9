import type { SendKind } from './types.ts'

/**
 * What send controls are called, for sites whose structure is not known. Whole labels, lower-case: a label that only begins so ("Send feedback about ads")
 * is another control. Checked by hand against the public translations of common applications.
 */
const WORDS: Readonly<Record<Exclude<SendKind, 'archive'>, string>> = {
  send: 'send|send now|send email|send message|send reply|send mail|reply|reply all|respond|submit as open|post reply|'
    + 'senden|absenden|antworten|envoyer|répondre|enviar|responder|enviar ahora|invia|rispondi|verzenden|versturen|beantwoorden|wyślij|odpowiedz|'
    + 'отправить|ответить|надіслати|відповісти|gönder|yanıtla|skicka|svara|send nå|svar|lähetä|vastaa|odeslat|odpovědět|küldés|trimite|gửi|trả lời|kirim|balas|'
    + '发送|回复|發送|傳送|回覆|送信|返信|보내기|답장|إرسال|رد|שליחה|שלח|השב|भेजें|जवाब दें',
  schedule: 'schedule|schedule send|schedule post|send later|planen|senden planen|später senden|programmer|planifier|programar|programar envío|programar envio|'
    + 'programma|pianifica|inplannen|plannen|zaplanuj|запланировать|запланувати|zamanla|planla|schemalägg|planlæg|ajasta|naplánovat|lên lịch|jadwalkan|'
    + '定时发送|安排|排程|予約|予約投稿|예약|예약 전송|جدولة|תזמון|शेड्यूल करें',
  publish: 'publish|publish now|post|tweet|share|veröffentlichen|posten|teilen|publier|partager|publicar|compartir|compartilhar|pubblica|condividi|publiceren|plaatsen|delen|'
    + 'opublikuj|udostępnij|опубликовать|поделиться|опублікувати|yayınla|paylaş|publicera|udgiv|publiser|julkaise|publikovat|zveřejnit|közzététel|publică|xuất bản|đăng|terbitkan|'
    + '发布|發佈|發布|公開|公開する|投稿|投稿する|게시|발행|نشر|פרסום|פרסם|प्रकाशित करें',
  update: 'update|update post|aktualisieren|mettre à jour|actualizar|atualizar|aggiorna|bijwerken|zaktualizuj|обновить|оновити|güncelle|uppdatera|opdater|oppdater|päivitä|aktualizovat|'
    + 'frissítés|actualizează|cập nhật|perbarui|更新|更新する|업데이트|تحديث|עדכון|अपडेट करें',
  submit: 'submit|comment|add comment|post comment|save and send|kommentieren|einreichen|commenter|soumettre|comentar|commenta|reageren|skomentuj|комментировать|yorum yap|评论|提交|留言|コメント|댓글|제출',
}

const KINDS = new Map(Object.entries(WORDS).flatMap(([kind, words]) => words.split('|').map((word) => [word, kind as SendKind])))

/** What a control with this label (see `labelOf`) would do; null when it is not known as a way out. */
export function kindOfLabel(label: string): SendKind | null {
  return KINDS.get(label) ?? null
}

/** Saves or looks without letting anything out. Asked before a submit button is called a way out for its type alone. */
export const STAYS = /\b(draft|preview|cancel|close|delete|discard|attach|upload|search|back|log ?in|sign ?in|entwurf|vorschau|abbrechen|brouillon|aperçu|annuler|borrador|vista previa|cancelar|bozza|anteprima|annulla|rascunho|concept|annuleren|szkic|anuluj|taslak|utkast|kladde)\b|чернов|предпросм|отмена|下書き|キャンセル|草稿|取消|임시|취소|مسودة|إلغاء|טיוטה|ביטול/i
