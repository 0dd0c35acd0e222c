/**
 * The public pages for reports, as HTML: a few kilobytes for a bad line, whole without any script. A
 * script, where it runs, adds the location, a smaller photo and patience.
 */
import { OPERATORS, type Operator, type ReportStatus } from '../../data/model/things.ts';
import type { ReportStep } from '../../data/wire/reports.ts';
import { dayInVietnam } from '../../data/model/scalars.ts';
import { html, type Html } from './html.ts';
import { pageWords, type PageLanguage, type PageWords } from './words.ts';

/** Addresses of the page's style and script; null where there are none, as under test. */
export interface ReportAssets {
  style: string | null;
  script: string | null;
}

/** What every page needs to know. */
export interface Setting {
  language: PageLanguage;
  assets: ReportAssets;
}

/** A commune and its province, named in the language of the page. */
export interface PageCommune {
  code: string;
  name: string;
  province: string;
}

/** What a person has put into the form; texts as they were typed. */
export interface Typed {
  key: string;
  operator: string;
  what: string;
  coordinates: string;
  words: string;
  contact: string;
}

/** Why the form is shown again, and what else could be done with it. */
export interface Complaint {
  message: string;
  /** The commune in which the point is. */
  elsewhere?: PageCommune;
  /** Whether it could be sent without its point. */
  withoutPoint?: boolean;
}

const WHATS = ['none', '4g', '5g'] as const;

export function formPage(
  setting: Setting,
  commune: PageCommune,
  typed: Typed,
  complaint?: Complaint,
): string {
  const w = pageWords(setting.language);
  const here = addressOf(commune.code, setting.language);
  const operators: [value: Operator | 'all', label: string][] = [
    ...OPERATORS.map((value) => [value, w.operators[value]] as [Operator, string]),
    ['all', w.everyOperator],
  ];
  // The hidden button is what Enter in a field presses: the first one, which must be none of the box.
  const content = html`<h1>${w.title}</h1>
    <p class="unit">${commune.name}, ${commune.province}</p>
    <p>${w.intro(commune.name)}</p>
    <form
      method="post"
      action="${here}"
      enctype="multipart/form-data"
      data-sending="${w.sending}"
      data-waiting="${w.waiting}"
      data-kept="${w.kept}"
    >
      <button hidden></button>
      ${complaint && complaintBox(complaint, commune, setting.language, w)}
      <input type="hidden" name="key" value="${typed.key}" />
      <fieldset>
        <legend>${w.operator}</legend>
        ${operators.map(([value, label]) => radio('operator', value, label, typed.operator, true))}
      </fieldset>
      <fieldset>
        <legend>${w.what}</legend>
        ${WHATS.map((value) => radio('what', value, w.whats[value], typed.what || 'none'))}
      </fieldset>
      ${field('coordinates', w.place, w.placeHint(commune.name), w)}
      <div class="place">
        <input
          id="coordinates"
          name="coordinates"
          value="${typed.coordinates}"
          placeholder="${w.placeExample}"
          aria-describedby="coordinates-hint"
          maxlength="60"
          autocomplete="off"
        />
        <button
          type="button"
          class="locate"
          hidden
          data-locating="${w.locating}"
          data-failed="${w.noLocation}"
        >
          ${w.locate}
        </button>
      </div>
      ${field('words', w.words, w.wordsHint, w)}
      <textarea id="words" name="words" rows="3" maxlength="1000" aria-describedby="words-hint">
${typed.words}</textarea>
      ${field('photo', w.photo, w.photoHint, w)}
      <input
        id="photo"
        name="photo"
        type="file"
        accept="image/jpeg,image/png,image/webp"
        aria-describedby="photo-hint"
      />
      ${field('contact', w.contact, w.contactHint, w)}
      <input
        id="contact"
        name="contact"
        value="${typed.contact}"
        maxlength="200"
        aria-describedby="contact-hint"
        autocomplete="off"
      />
      <p class="trap" aria-hidden="true">
        <label for="website">${w.trap}</label>
        <input id="website" name="website" tabindex="-1" autocomplete="off" />
      </p>
      <p class="hint">${w.privacy}</p>
      <p class="state" role="status"></p>
      <button class="send">${w.send}</button>
    </form>`;
  return page(
    setting,
    `${w.title} – ${commune.name}`,
    content,
    otherForm(commune.code, setting, w),
  );
}

export function followPage(
  setting: Setting,
  report: {
    commune: PageCommune | undefined;
    status: ReportStatus;
    receivedOn: string;
    steps: readonly ReportStep[];
    /** The link of this page, without its scheme. */
    link: string;
    isNew: boolean;
  },
): string {
  const { language } = setting;
  const w = pageWords(language);
  const { commune, status, receivedOn, steps, link, isNew } = report;
  const last = steps.length - 1;
  const answered = steps.some(({ answer }) => answer !== '');
  const content = html`<h1>${isNew ? w.sent : w.followTitle}</h1>
    <p class="unit">${w.about(commune?.name ?? '', dayWritten(receivedOn))}</p>
    <p>${w.noteDown}</p>
    <p class="link">${link}</p>
    <h2 class="now ${status}" data-testid="report-status">${w.steps[status]}</h2>
    <ol class="steps">
      ${steps.map(
        (step, index) =>
          html`<li>
            <strong>${w.steps[step.status]}</strong>
            <span class="day"
              >${dayWritten(dayInVietnam(Date.parse(step.at)))}${
                index === last && html` · ${w.now}`
              }</span
            >
            ${step.answer !== '' && html`<p class="answer">${step.answer}</p>`}
          </li>`,
      )}
    </ol>
    ${!answered && html`<p>${w.noAnswer}</p>`}
    ${commune && html`<p><a href="${addressOf(commune.code, language)}">${w.another}</a></p>`}`;
  return page(setting, w.followTitle, content, null);
}

/** Asks for a token, or says that there is no report of one. */
export function tokenPage(setting: Setting, isUnknown: boolean): string {
  const w = pageWords(setting.language);
  const content = html`<h1>${isUnknown ? w.unknownTitle : w.followTitle}</h1>
    <form method="get" action="/bao/theo-doi">
      ${setting.language === 'en' && html`<input type="hidden" name="lang" value="en" />`}
      <p>${isUnknown ? w.unknown : w.askToken}</p>
      <p class="label"><label for="ma">${w.token}</label></p>
      <input id="ma" name="ma" required maxlength="40" autocomplete="off" autocapitalize="none" />
      <button class="send">${w.open}</button>
    </form>`;
  return page(setting, w.followTitle, content, null);
}

/** A page that only says something. */
export function plainPage(setting: Setting, title: string, message: string): string {
  return page(
    setting,
    title,
    html`<h1>${title}</h1>
      <p>${message}</p>`,
    null,
  );
}

/** The address of a commune's form. */
function addressOf(commune: string, language: PageLanguage): string {
  return `/bao/${commune}${language === 'en' ? '?lang=en' : ''}`;
}

function page(
  { language, assets }: Setting,
  title: string,
  content: Html,
  aside: Html | null,
): string {
  const w = pageWords(language);
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        ${assets.style !== null && html`<link rel="stylesheet" href="${assets.style}" />`}
        ${assets.script !== null && html`<script type="module" src="${assets.script}"></script>`}
      </head>
      <body>
        <header><strong>${w.product}</strong>${aside}</header>
        <main>${content}</main>
      </body>
    </html> `.text;
}

function otherForm(commune: string, { language }: Setting, w: PageWords): Html {
  const other = language === 'en' ? 'vi' : 'en';
  return html`<a lang="${other}" href="${addressOf(commune, other)}">${w.other}</a>`;
}

function complaintBox(
  { message, elsewhere, withoutPoint }: Complaint,
  commune: PageCommune,
  language: PageLanguage,
  w: PageWords,
): Html {
  return html`<div class="complaint" role="alert">
    <p>${message}</p>
    <p class="photo-again">${w.errors.photoAgain}</p>
    ${
      elsewhere &&
      html`<button formaction="${addressOf(elsewhere.code, language)}">
        ${w.sendThere(elsewhere.name)}
      </button>`
    }
    ${
      withoutPoint === true &&
      html`<button name="anyway" value="1">${w.sendAnyway(commune.name)}</button>`
    }
  </div>`;
}

function radio(name: string, value: string, label: string, chosen: string, needed = false): Html {
  return html`<label class="choice"
    ><input
      type="radio"
      name="${name}"
      value="${value}"
      ${needed && html` required`}${value === chosen && html` checked`}
    /><span>${label}</span></label
  >`;
}

function field(id: string, label: string, hint: string, w: PageWords): Html {
  return html`<p class="label">
    <label for="${id}">${label} <small>(${w.optional})</small></label>
    <span class="hint" id="${id}-hint">${hint}</span>
  </p>`;
}

/** `2025-07-28` as people write it here: 28/7/2025. */
function dayWritten(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${date}/${month}/${year}`;
}
