import { chartStyle } from './chart-style.ts';
import { FONTS, graphStyle } from './graph/style.ts';
import { themeVariables } from './theme.ts';

/** The page: one measure, a serif for what is said, a sans for what is listed, a mono for what is named. */
const pageStyle = `
:root{--sans:${FONTS.sans};--mono:${FONTS.mono};--serif:${FONTS.serif}}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:15px/1.55 var(--sans);-webkit-text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0}
main{max-width:1180px;margin:0 auto;padding:48px 32px 72px}
h1,h2,h3{font-family:var(--serif);font-weight:600;line-height:1.2;letter-spacing:-.01em;margin:0;text-wrap:balance}
h1{font-size:clamp(30px,4.6vw,46px)}
h2{font-size:25px}
h3{font-size:27px;overflow-wrap:anywhere}
h4{font-size:14px;font-weight:650;margin:0;line-height:1.35}
h4 small{font:400 11px var(--mono);color:var(--muted);overflow-wrap:anywhere}
p{margin:0}
a{color:var(--path);text-underline-offset:2px;text-decoration-thickness:1px}
:focus-visible{outline:2px solid var(--path);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-999px}
.skip:focus{left:8px;top:8px;background:var(--card);padding:8px 12px}
.kicker{font-size:12px;letter-spacing:.09em;text-transform:uppercase;color:var(--muted);margin-bottom:6px}
.lead{color:var(--muted);max-width:70ch;margin-top:8px;font-size:16px}
.lead b{color:var(--ink);font-weight:600}
.quiet{color:var(--muted)}
.good{color:var(--good)}.bad{color:var(--bad)}.warn{color:var(--warn)}
.name{font:12px var(--mono);color:var(--muted);overflow-wrap:anywhere}
.masthead{display:flex;gap:24px;align-items:flex-start}
.signal{flex:none;margin-top:4px}
.signal .post{stroke:var(--muted);stroke-width:3;stroke-linecap:round;fill:none}
.signal .head{fill:var(--ink)}
.signal .lamp{fill:var(--muted);opacity:.55}
.signal .lit{fill:#3ecf8a;opacity:1}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(140px,1fr));margin:28px 0 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line)}
.facts div{padding:14px 16px 13px 0}
.facts dt{font-size:12px;color:var(--muted)}
.facts dd{margin:2px 0 0;font:600 23px/1.2 var(--serif);font-variant-numeric:tabular-nums lining-nums}
.facts small{display:block;font:12px/1.4 var(--sans);color:var(--muted);margin-top:3px}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:24px 26px;margin-top:24px}
.card-title{font:600 19px var(--serif);margin-bottom:16px}
.card>h2{margin-bottom:14px}
#releases{margin-top:56px}
.icon{width:12px;height:12px;flex:none}
.icon .glyph{fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
.badge{display:inline-flex;align-items:center;gap:6px;font:650 11px/1 var(--sans);letter-spacing:.045em;padding:5px 9px 5px 7px;border-radius:99px;border:1px solid currentColor;white-space:nowrap;vertical-align:middle}
.badge.good{background:var(--goodWash)}.badge.warn{background:var(--warnWash)}.badge.bad{background:var(--badWash)}
.badge.quiet{background:var(--well)}
.scroll{overflow-x:auto;overflow-y:hidden}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{text-align:left;vertical-align:top;padding:9px 14px 9px 0;border-bottom:1px solid var(--faint);font-weight:400}
thead th{font-size:12px;color:var(--muted);border-bottom-color:var(--line);padding-top:4px}
tr:last-child>*{border-bottom:0}
th[scope=row]{font-weight:500}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.summary{min-width:880px}
.summary th a{font-family:var(--mono);font-size:13px}
.summary .quiet{font-size:13px}
.summary .reasons{width:32%;padding-right:0}
.tabs{display:flex;flex-wrap:wrap;gap:8px;margin:16px 0 4px}
.tabs a{display:flex;gap:10px;align-items:center;padding:8px 10px 8px 14px;border:1px solid var(--line);border-radius:99px;text-decoration:none;color:var(--ink);background:var(--card);font-weight:550}
.tabs a .badge{border-color:transparent}
.tabs a[aria-selected=true]{border-color:var(--ink);box-shadow:inset 0 0 0 1px var(--ink)}
.release{scroll-margin-top:16px;padding-top:28px}
.release>header .badge{font-size:12px;margin-left:6px}
.tabs:not([role])~.release+.release{margin-top:56px;border-top:1px solid var(--line)}
ul.reasons{margin:12px 0 0;padding-left:20px}
.release>figure{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:24px 26px;margin-top:24px}
.gates{list-style:none;margin:10px 0 0;padding:0;display:grid;gap:12px}
.gates li{display:grid;grid-template-columns:92px 1fr;gap:10px;color:var(--ink);font-size:14px}
.gates b{font-weight:600}
.gates .mark{display:inline-flex;align-items:center;gap:6px;height:22px;font-weight:600;font-size:13px}
.gates .good .mark{color:var(--good)}.gates .bad .mark{color:var(--bad)}
.metrics caption{text-align:left;font-size:13px;padding:6px 0 8px}
.metrics th[scope=row]{font-family:var(--mono);font-size:13px}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,380px),1fr));gap:28px 44px;margin-top:20px}
.pair:first-of-type{margin-top:0}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:0 24px;align-items:start}
.proof{margin:0;display:grid;gap:8px}
.proof div{display:grid;grid-template-columns:130px 1fr;gap:10px}
.proof dt{color:var(--muted);font-size:14px}
.proof dd{margin:0;font:13px/1.7 var(--mono);overflow-wrap:anywhere}
.paths{display:grid;gap:36px 40px;grid-template-columns:minmax(0,1fr)}
.nested{display:grid;gap:36px 40px;align-content:start;min-width:0;grid-template-columns:minmax(0,1fr)}
.machine .scroll{padding:4px 0}
.machine svg{display:block;max-width:100%;height:auto;margin:0 auto}
@media(min-width:1320px){.card.wide{width:min(1480px,100vw - 96px);margin-left:50%;transform:translateX(-50%)}}
footer{margin-top:64px;border-top:1px solid var(--line);padding-top:28px;display:grid;gap:12px;max-width:76ch}
pre{margin:0;background:var(--well);border:1px solid var(--line);border-radius:8px;padding:12px 16px;overflow-x:auto}
code{font-family:var(--mono);font-size:13px}
details{margin-top:14px;font-size:14px}
summary{cursor:pointer;color:var(--muted);width:fit-content}
details table{font-size:13px;margin-top:8px;font-variant-numeric:tabular-nums}
details td{padding:5px 14px 5px 0}
#tip{position:fixed;z-index:9;max-width:340px;pointer-events:none;white-space:pre-line;font-size:12px;line-height:1.45;background:var(--ink);color:var(--paper);border-radius:7px;padding:7px 10px;overflow-wrap:anywhere}
#tip::first-line{font-weight:650}
@media(max-width:640px){main{padding:28px 16px 48px}.masthead{gap:14px}.signal{width:28px;height:45px}.card,.release>figure{padding:18px 16px;border-radius:10px}.gates li{grid-template-columns:1fr;gap:2px}.proof div{grid-template-columns:1fr;gap:0}.facts{grid-template-columns:repeat(2,1fr)}.release>header .badge{margin-left:0}}
@media(prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
@media print{main{max-width:none;padding:0}.tabs,.skip{display:none}.card,figure{break-inside:avoid}.release{break-before:page}}
`;

export const style = `${themeVariables(':root')}${pageStyle}${chartStyle}${graphStyle}`;
