// <mila-agenda> turns a list of links to MILA's agenda into the agenda itself. Without this script, or where a site lets it load nothing, the links stay.
(() => {
  'use strict';
  const origin = new URL(document.currentScript.src).origin;
  const words = {
    fr: { cancelled: 'Annulé', full: 'Complet : liste d’attente', fullOnSite: 'Complet sur place : liste d’attente, ou places en ligne', begun: 'Complet', begunOnSite: 'Complet sur place : places en ligne', tbc: 'date à confirmer', none: 'Rien n’est annoncé pour l’instant.', label: 'Agenda de MILA' },
    en: { cancelled: 'Cancelled', full: 'Full: waiting list', fullOnSite: 'Full on site: waiting list, or places online', begun: 'Full', begunOnSite: 'Full on site: places online', tbc: 'date to be confirmed', none: 'Nothing is announced yet.', label: 'MILA’s agenda' },
  };
  const css = `:host{display:block;font:inherit;color:inherit;line-height:1.45}
:host([hidden]){display:none}
ul{list-style:none;margin:0;padding:0}
li{padding:.75em 0;border-top:1px solid color-mix(in srgb,currentColor 25%,transparent)}
li:first-child{border-top:0}
a{color:inherit;font-weight:600;text-decoration:underline;text-underline-offset:.15em}
a:hover{text-decoration-thickness:.15em}
a:focus-visible{outline:3px solid currentColor;outline-offset:2px}
p{margin:.15em 0 0}
.flag{font-weight:700}
.cancelled a{text-decoration:line-through}`;

  const element = (name, text, className) => {
    const node = document.createElement(name);
    if (text) node.textContent = text;
    if (className) node.className = className;
    return node;
  };

  const style = (root) => {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      root.adoptedStyleSheets = [sheet];
    } catch {
      // An old browser: the list is as plain as the page around it.
    }
  };

  const month = (text, language) =>
    new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(text + '-15T00:00:00Z'));

  const time = (mila, language) => {
    const node = element('time');
    if (mila.month) {
      node.dateTime = mila.month;
      node.textContent = `${month(mila.month, language)}, ${words[language].tbc}`;
    } else {
      const [start, end] = [new Date(mila.startsAt), new Date(mila.endsAt)];
      const long = { dateStyle: 'full', timeStyle: 'short', timeZone: 'Europe/Paris' };
      const format = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', long);
      node.dateTime = start.toISOString();
      const text = format.formatRange ? format.formatRange(start, end) : format.format(start);
      node.textContent = language === 'fr' ? text.replace(/(^|\s)1(?=\s\p{L})/gu, '$11er') : text;
    }
    return node;
  };

  const safe = (text) => {
    const url = new URL(text, origin);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : origin + '/agenda';
  };

  const isAhead = (mila, now) => (mila.month ? mila.month >= now.slice(0, 7) : mila.endsAt >= now);

  // From the beginning on there is no waiting list.
  const fullness = (mila, now) => (mila.startsAt && mila.startsAt <= now ? 'begun' : 'full') + (mila.venue?.mode === 'hybrid' ? 'OnSite' : '');

  class MilaAgenda extends HTMLElement {
    static observedAttributes = ['programme', 'month', 'audience', 'lang', 'limit'];

    connectedCallback() {
      if (!this.shadowRoot) {
        const root = this.attachShadow({ mode: 'open' });
        style(root);
        root.append(document.createElement('slot'));
      }
      this.load();
    }

    attributeChangedCallback() {
      if (this.shadowRoot && this.isConnected) this.load();
    }

    get language() {
      const stated = this.getAttribute('lang') || this.closest('[lang]')?.getAttribute('lang') || 'fr';
      return stated.toLowerCase().startsWith('en') ? 'en' : 'fr';
    }

    async load() {
      const url = new URL('/feeds/events.json', origin);
      for (const name of ['programme', 'month', 'audience']) {
        if (this.getAttribute(name)) url.searchParams.set(name, this.getAttribute(name));
      }
      const language = this.language;
      if (language === 'en') url.searchParams.set('lang', 'en');
      const turn = (this.turn = (this.turn ?? 0) + 1);
      this.setAttribute('aria-busy', 'true');
      try {
        const answer = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer' });
        if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
        const feed = await answer.json();
        if (turn !== this.turn) return;
        this.show(feed.items, language);
        this.dispatchEvent(new CustomEvent('mila-agenda-ready', { bubbles: true }));
      } catch (fault) {
        // The links that the site wrote itself are still there.
        this.dispatchEvent(new CustomEvent('mila-agenda-failed', { bubbles: true, detail: String(fault) }));
      } finally {
        this.removeAttribute('aria-busy');
      }
    }

    show(items, language) {
      const now = new Date().toISOString();
      const limit = Math.max(1, Math.min(100, Number.parseInt(this.getAttribute('limit') ?? '10', 10) || 10));
      const all = Boolean(this.getAttribute('month'));
      const shown = items.filter((item) => all || isAhead(item._mila, now)).slice(0, limit);
      if (shown.length === 0) {
        this.shadowRoot.replaceChildren(element('p', words[language].none));
        return;
      }
      const list = element('ul');
      list.setAttribute('part', 'list');
      list.setAttribute('aria-label', words[language].label);
      list.lang = language;
      for (const { url, _mila: mila } of shown) {
        const entry = element('li');
        entry.setAttribute('part', 'event');
        const link = element('a', (language === 'en' && mila.title.en) || mila.title.fr);
        link.href = safe(url);
        if (language === 'en' && !mila.title.en) link.lang = 'fr';
        link.setAttribute('part', 'title');
        entry.append(link);
        if (mila.status === 'cancelled') {
          entry.className = 'cancelled';
          entry.append(element('p', words[language].cancelled, 'flag'));
        }
        if (mila.full) {
          entry.append(element('p', words[language][fullness(mila, now)], 'flag'));
        }
        const when = element('p');
        when.setAttribute('part', 'when');
        when.append(time(mila, language));
        entry.append(when);
        const place = [mila.venue?.name, mila.venue?.address].filter(Boolean).join(', ');
        if (place) {
          const where = element('p', place);
          where.setAttribute('part', 'where');
          entry.append(where);
        }
        list.append(entry);
      }
      this.shadowRoot.replaceChildren(list);
    }
  }

  if (!customElements.get('mila-agenda')) customElements.define('mila-agenda', MilaAgenda);

  // The frame says how high it is.
  addEventListener('message', (message) => {
    if (message.origin !== origin || message.data?.type !== 'mila-agenda-height') return;
    for (const frame of document.querySelectorAll('iframe')) {
      if (frame.contentWindow === message.source) frame.style.height = `${Math.min(20000, Math.max(80, Number(message.data.height) || 0))}px`;
    }
  });
})();
