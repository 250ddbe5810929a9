import { freshId, html, longNumber, raw } from './dom.js'
import { withKeys, words } from './words.js'

/** Markup of a compose after Gmail's structure: class names and attributes that adapters look for, the rest is our own. */

export const SIGNATURE = '<br clear="all"><div><br></div><span class="gmail_signature_prefix">-- </span><br>'
  + '<div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature"><div dir="ltr">Dana Whitfield<br>Daylight Lamps, customer team</div></div>'

function recipientRow(name, label, shown) {
  return html`<div class="anm row" name="${name}"${raw(shown ? '' : ' style="display:none"')}>
    <span class="gO aQY" role="link">${label}</span>
    <div class="aH9 chips" role="listbox" aria-label="${label}"></div>
    <input class="agP aFw" peoplekit-id="BbVjBd" role="combobox" aria-label="${label}" aria-autocomplete="list" autocomplete="off" spellcheck="false" size="8">
  </div>`
}

/** The address field of the years before, still in the page and never shown. */
function classicRow(name) {
  return html`<tr class="bzf" style="display:none"><td class="eV"><textarea class="vO" name="${name}" rows="1" aria-hidden="true" tabindex="-1"></textarea></td></tr>`
}

function form(isReply, bounds) {
  const to = bounds.names.join(', ')
  return html`<form class="bAs" method="POST" enctype="multipart/form-data" action="">
    <div class="aoD hl" tabindex="1" style="display:none"><div class="oL aDm">${words.recipients}</div><div class="az9">${to}</div></div>
    <div class="GS">
      ${raw(recipientRow('to', words.to, true))}
      ${raw(recipientRow('cc', words.cc, false))}
      ${raw(recipientRow('bcc', words.bcc, false))}
      <span class="aB-row"><span class="aB gQ pE" role="link" tabindex="1" data-field="cc">${words.cc}</span><span class="aB gQ pB" role="link" tabindex="1" data-field="bcc">${words.bcc}</span></span>
      <table class="classic" hidden><tbody>${raw(classicRow('to') + classicRow('cc') + classicRow('bcc'))}</tbody></table>
    </div>
    <div class="aoD az6"${raw(isReply ? ' style="display:none"' : '')}><input class="aoT" name="subjectbox" placeholder="${words.subject}" aria-label="${words.subject}" autocomplete="off" tabindex="1"></div>
    <input type="hidden" name="composeid" value="${bounds.composeId}"><input type="hidden" name="from" value="dana@daylight-lamps.example">
    <input type="hidden" name="subject" value=""><input type="hidden" name="draft" value="#msg-a:r-${longNumber()}"><input type="hidden" name="rt" value="#thread-a:r-${longNumber()}">
    <input type="hidden" name="lts" value=""><input type="hidden" name="uet" value="">
  </form>`
}

function bodyTable(isReply) {
  return html`<table class="iN"><tbody>
    <tr><td class="GQ"><div class="GP"><div class="qz"><div class="et">
      <table class="cf An"><tbody><tr><td class="Ap">
        <div class="Ar As" style="display:none"><div class="At"><textarea class="Ak" form="nosend" aria-label="${words.body}"></textarea></div></div>
        <div class="Ar Au"><div id="${freshId()}" class="Am aiL Al editable LW-avf tS-tW" g_editable="true" role="textbox" aria-multiline="true" aria-label="${words.body}"
          contenteditable="true" hidefocus="true" writingsuggestions="false" spellcheck="true" tabindex="1" style="direction: ltr;"></div></div>
      </td></tr></tbody></table>
      <div class="ajR" role="button" tabindex="1" aria-label="${words.quoted}" data-tooltip="${words.quoted}" style="display:none"><div class="uC">•••</div></div>
    </div></div></div></td></tr>
    <tr><td class="HE"><div class="aDg"><div class="aDh">${raw(toolbar(isReply))}</div></div></td></tr>
  </tbody></table>`
}

function toolbar(isReply) {
  const send = withKeys(words.send, 'Ctrl-Enter')
  const archive = isReply
    ? html`<div class="J-J5-Ji"><div class="T-I J-J5-Ji Uo v7 T-I-atl L3" role="button" tabindex="1" aria-label="${withKeys(words.archive, 'Ctrl-Shift-Enter')}" data-tooltip="${withKeys(words.archive, 'Ctrl-Shift-Enter')}">${words.archive}</div></div>`
    : ''
  return html`<table class="IZ" role="group"><tbody><tr class="btC">
    <td class="gU Up"><div class="J-J5-Ji btA">${raw(archive)}<div class="dC">
      <div id="${freshId()}" class="T-I J-J5-Ji aoO v7 T-I-atl L3" role="button" tabindex="1" jslog="32601; u014N:cOuCgd,Kr2w4b; dYFj7e:true" aria-label="${send}" data-tooltip="${send}" data-tooltip-delay="800">${words.send}</div>
      <div class="T-I J-J5-Ji hG T-I-atl L3" role="button" tabindex="1" aria-haspopup="true" aria-expanded="false" aria-label="${words.more}" data-tooltip="${words.more}"><div class="G-asx"></div></div>
    </div></div></td>
    <td class="oc gU"><div role="button" class="J-Z-I tool" tabindex="1" aria-label="${words.format}" data-command="bold"><b>B</b></div><div role="button" class="J-Z-I tool" tabindex="1" data-command="italic" aria-label="italic"><i>I</i></div><div role="button" class="J-Z-I tool" tabindex="1" data-command="insertUnorderedList" aria-label="list">•</div></td>
    <td class="gU slot"></td>
    <td class="gU az5"><div class="oh J-Z-I J-J5-Ji T-I-ax7 tool" role="button" tabindex="1" aria-label="${withKeys(words.discard, 'Ctrl-Shift-D')}" data-tooltip="${words.discard}"><div class="og"><img alt="" src="/assets/mail/bin.svg" width="18" height="18"></div></div></td>
  </tr></tbody></table>`
}

/** The compose itself, the same in a window and in a conversation. */
export function composeMarkup({ isReply, composeId, names }) {
  const inner = html`<div class="aoI" role="region" aria-label="${words.newMessage}"><table class="aoP aoC"><tbody><tr><td class="I5">
    ${raw(form(isReply, { composeId, names }))}
    ${raw(bodyTable(isReply))}
  </td></tr></tbody></table></div>`
  return html`<div class="M9" jslog="77394; dYFj7e:true">${raw(inner)}</div>`
}

/** The docked window around it: a dialog with a title bar. */
export function dialogMarkup(inside) {
  const title = freshId()
  return html`<div class="nH Hd" role="dialog" aria-labelledby="${title}">
    <div class="nH Hy aXJ"><table class="cf Ht"><tbody><tr>
      <td><div class="Hp" id="${title}"><h2 class="a3E"><span class="aYF">${words.newMessage}</span></h2></div></td>
      <td class="Hm"><img class="Hl" alt="${words.minimize}" aria-label="${words.minimize}" src="/assets/mail/min.svg"><img class="Hq aUG" alt="${words.full}" aria-label="${words.full}" src="/assets/mail/full.svg"><img class="Ha" alt="${words.close}" aria-label="${words.close}" src="/assets/mail/close.svg"></td>
    </tr></tbody></table></div>
    <div class="nH"><div class="aaZ">${raw(inside)}</div></div>
  </div>`
}
