/** Conversations of the practice inbox; everybody in them is made up. */
export const THREADS = [
  {
    id: 't1', from: 'Marta Olsen', address: 'marta.olsen@lakeside-clinics.example', when: '09:12', unread: true,
    subject: 'Lamps for three waiting rooms', snippet: 'Could you tell me what a pilot would look like, and what it would cost?',
    body: '<p>Hello Dana,</p><p>we are furnishing three waiting rooms and two of my colleagues have asked about daylight lamps. Could you tell me what a pilot would look like, and what it would cost?</p><p>We would need it before the winter rota starts.</p><p>Kind regards,<br>Marta Olsen<br>Lakeside clinics</p>',
  },
  {
    id: 't2', from: 'Tom Baker', address: 'tom.baker@harbour-foods.example', when: 'Mon', unread: false,
    subject: 'Delivery window for site 4', snippet: 'The gate is open from seven to three on weekdays.',
    body: '<p>Hi Dana,</p><p>the gate is open from seven to three on weekdays. The driver should ask for me at the desk.</p><p>Tom</p>',
  },
  {
    id: 't3', from: 'Facilities', address: 'facilities@daylight-lamps.example', when: 'Fri', unread: false,
    subject: 'Lift out of service on Thursday', snippet: 'Please use the stairs on the north side.',
    body: '<p>Good morning,</p><p>the lift is out of service on Thursday between nine and noon. Please use the stairs on the north side.</p>',
  },
]

/** The history under an answer, as Gmail writes it. */
export function quoteOf(thread, wrote) {
  return `<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">${thread.from} &lt;<a href="mailto:${thread.address}">${thread.address}</a>&gt; ${wrote}<br></div>`
    + `<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">${thread.body}</blockquote></div>`
}
