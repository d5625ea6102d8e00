import { script } from './script.ts';
import { style } from './style.ts';
import { type Markup, markup, type Piece, trusted } from './svg.ts';

/** One HTML file that needs nothing else: no network, no font, no script of others. */
export function page(title: string, body: Piece): string {
  const content: Markup = markup`<html lang="en">
      <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width,initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title>${title}</title>
        <style>${trusted(style)}</style>
      </head>
      <body>
        <a class="skip" href="#releases">Skip to the releases</a>
        <main>${body}</main>
        <div id="tip" role="tooltip" hidden></div>
        <script>${trusted(script)}</script>
      </body>
    </html>`;
  return `<!doctype html>\n${content}\n`;
}
