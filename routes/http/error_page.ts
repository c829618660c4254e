/** `/docs/errors/<area>/<reason>`: what a code means, for people who followed the `docs` member of an error. */
import { html } from "hono/html";
import { type Code, rowOf } from "../wire/codes.ts";
import type { Words } from "../wire/messages.ts";

const RETRY = {
  same: "Send the same again, with the same cseq.",
  changed: "Choose differently and take the next cseq.",
  never: "Asking again cannot help.",
} as const;

export function errorPage(code: Code, words: Words) {
  const row = rowOf(code);
  return html`
    <!doctype html>
    <html lang="${words.lang}">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>${code} - GoldBox</title>
      </head>
      <body>
        <main>
          <h1>${code}</h1>
          <p>${words.message}.</p>
          <p>${words.hint}.</p>
          <dl>
            <dt>JSON-RPC code</dt>
            <dd>${row.number}</dd>
            <dt>HTTP status</dt>
            <dd>${row.http}</dd>
            <dt>Trying again</dt>
            <dd>${RETRY[row.retry]}</dd>
          </dl>
        </main>
      </body>
    </html>
  `;
}
