/** How charts look; colours are variables of the theme. */
const FLEETS = [0, 1, 2, 3, 4, 5];
const DASHES = ['none', '7 3', '2 3', '9 3 2 3', '4 2', '1 2'];

export const chartStyle = `
figure{margin:0;min-width:0}
figcaption{margin-bottom:14px}
figcaption p{color:var(--muted);font-size:13.5px;max-width:84ch;margin-top:3px}
.chart{display:block;width:100%;height:auto;font:11px var(--sans)}
.pair .chart{max-width:430px;min-width:0!important}
.chart text{fill:var(--ink)}
.chart .axis text,.chart .axis-name{fill:var(--muted);font-variant-numeric:tabular-nums}
.chart .axis-name.bad{fill:var(--bad)}
.chart .grid{stroke:var(--faint);stroke-width:1;fill:none}
.chart .base{stroke:var(--line);fill:none}
.chart .base.strong{stroke:var(--muted)}
.chart .glyph{fill:none;stroke:var(--ink);stroke-width:1.4;stroke-linecap:round;stroke-linejoin:round}
.diagonal{stroke:var(--muted);stroke-dasharray:2 4;fill:none}
.curve{fill:none;stroke-width:2.25;stroke-linejoin:round;stroke-linecap:round}
.curve.challenger{stroke:var(--path)}
.curve.champion{stroke:var(--muted);stroke-dasharray:6 4}
.curve.thin{stroke-width:1.25}
.dot{stroke:var(--card);stroke-width:1.25}
.dot.challenger{fill:var(--path)}
.dot.champion{fill:var(--card);stroke:var(--muted)}
.reclaim .cut{stroke:var(--warn);stroke-width:1.5;stroke-dasharray:4 3;fill:none}
.chart .reclaim .glyph{stroke:var(--warn);fill:var(--warnWash)}
.chart .reclaim text{fill:var(--warn);font-weight:600}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:6px 22px;margin:12px 0 0;padding:0;font-size:13px}
.legend li{display:flex;gap:8px;align-items:baseline}
.legend svg{flex:none;transform:translateY(1px)}
.legend b{font-weight:600}
.chart .lane-name{font-size:12px;font-weight:600}
.chart .machine .lane-name{font-family:var(--mono)}
.bar rect{fill:var(--pathWash);stroke:var(--path);stroke-width:1;stroke-opacity:.55}
.bar.state:nth-child(even) rect{fill:var(--well)}
.bar.caught rect{fill:var(--warnWash);stroke:var(--warn);stroke-dasharray:4 2;stroke-opacity:1}
.bar.failed rect{fill:var(--badWash);stroke:var(--bad);stroke-width:2;stroke-opacity:1}
.bar.alarm rect{fill:var(--badWash);stroke:var(--bad);stroke-opacity:1}
.bar.processing rect{fill:var(--processing)}
.bar.training rect{fill:var(--training)}
.bar.evaluation rect{fill:var(--evaluation)}
.bar.endpoint rect{fill:var(--endpoint)}
.bar.processing rect,.bar.training rect,.bar.evaluation rect,.bar.endpoint rect{stroke:none;fill-opacity:.42}
.bar .beside{fill:var(--muted)}
.chart .note{fill:var(--warn);font-weight:600}
.bar .note-mark circle{fill:var(--card);stroke:var(--warn);stroke-width:1.5}
.chart .bar .note-mark .glyph{stroke:var(--warn)}
.bar.alarm .note-mark circle{stroke:var(--bad)}
.chart .bar.alarm .note-mark .glyph{stroke:var(--bad)}
.gap{stroke:var(--warn);stroke-width:1.5;stroke-dasharray:2 4;fill:none}
.chart .letter,.legend .letter{font:700 11px var(--sans);fill:var(--ink)}
.errors{fill:url(#failed)}
.failed-ground{fill:var(--bad)}
.failed-stripe{fill:var(--card);fill-opacity:.55}
.ring{fill:var(--bad);fill-opacity:.13}
.flag .pole{stroke:var(--muted);stroke-dasharray:3 3;fill:none}
.flag.bad .pole{stroke:var(--bad);stroke-width:1.5;stroke-dasharray:none}
.chart .flag text{paint-order:stroke;stroke:var(--card);stroke-width:4px;stroke-linejoin:round;font-weight:550}
.chart .flag.bad text{fill:var(--bad);font-weight:700}
.chart .flag.bad .glyph{stroke:var(--bad)}
.latency{fill:none;stroke-width:1.75;stroke-linejoin:round}
.reading{fill:transparent}
.reading:hover{fill:var(--ink);fill-opacity:.09}
${FLEETS.map((index) => `.fleet-${index} path{fill:var(--fleets-${index});fill-opacity:.68}.fleet-line-${index}{stroke:var(--fleets-${index});stroke-dasharray:${DASHES[index]}}`).join('\n')}
.phases{margin-top:22px}.phases p{font-size:13.5px;margin:3px 0 8px}
.fleet.copies path{fill-opacity:.14;stroke:var(--muted);stroke-width:.75;stroke-dasharray:2 2}
`;
