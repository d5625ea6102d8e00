/** How graphs look, in the report and in a picture that stands alone; colours are variables of the theme. */
export const graphStyle = `
.graph{font-family:var(--sans);overflow:visible}
.graph text{fill:var(--ink)}
.graph .box{fill:var(--card);stroke:var(--line);stroke-width:1.25}
.graph .glyph{fill:none;stroke:var(--muted);stroke-width:1.25;stroke-linecap:round;stroke-linejoin:round}
.graph .label{font-weight:500}
.graph .sub,.graph .condition{font-family:var(--mono);fill:var(--muted)}
.graph .condition{paint-order:stroke;stroke:var(--card);stroke-width:4px;stroke-linejoin:round}
.graph .is-map>.box,.graph .is-parallel>.box{fill:var(--well)}
.graph .wire{fill:none;stroke:var(--muted);stroke-width:1.25}
.graph .head,.graph .start{fill:var(--muted);stroke:none}
.graph .missed>.box{stroke-dasharray:3 3}
.graph .missed>.label{fill:var(--muted);font-weight:400}
.graph .missed>.glyph{stroke:var(--line)}
.graph .arrow.missed .wire{stroke:var(--line);stroke-width:1}
.graph .arrow.missed .head{fill:var(--line)}
.graph .arrow.caught .wire{stroke-dasharray:1.5 3.5;stroke:var(--muted);stroke-opacity:.45;stroke-width:1}
.graph .arrow.caught .head{fill:var(--muted);fill-opacity:.6}
.graph .visited>.box{stroke:var(--path);stroke-width:1.75;fill:var(--pathWash)}
.graph .visited.is-map>.box,.graph .visited.is-parallel>.box{fill:var(--well)}
.graph .visited>.glyph{stroke:var(--path)}
.graph .arrow.taken .wire{stroke:var(--path);stroke-width:2.25}
.graph .arrow.taken .head,.graph .arrow.taken .start{fill:var(--path)}
.graph .arrow.taken .condition{fill:var(--ink)}
.graph .visited.is-succeed>.box{stroke:var(--good);fill:var(--goodWash)}
.graph .visited.is-succeed>.glyph{stroke:var(--good);stroke-width:1.75}
.graph .visited.caught>.box{stroke:var(--warn);fill:var(--warnWash);stroke-dasharray:6 2}
.graph .visited.caught>.glyph{stroke:var(--warn)}
.graph .visited.failed>.box,.graph .visited.is-fail>.box{stroke:var(--bad);fill:var(--badWash);stroke-width:2.25}
.graph .visited.failed>.glyph,.graph .visited.is-fail>.glyph{stroke:var(--bad)}
.graph .arrow.caught.taken .wire{stroke:var(--warn);stroke-opacity:1;stroke-width:2.25;stroke-dasharray:6 3}
.graph .arrow.caught.taken .head{fill:var(--warn);fill-opacity:1}
.graph .badge rect{fill:var(--path)}
.graph .badge text{fill:var(--card);font-weight:600}
.graph .status circle{fill:var(--card);stroke:var(--path);stroke-width:1.5}
.graph .visited.caught>.status circle{stroke:var(--warn)}
.graph .visited.caught>.status .glyph{stroke:var(--warn)}
.graph .visited.failed>.status circle{stroke:var(--bad)}
.graph .visited.failed>.status .glyph{stroke:var(--bad)}
.graph .plain.is-succeed>.box{stroke:var(--good);fill:var(--goodWash)}
.graph .plain.is-succeed>.glyph{stroke:var(--good)}
.graph .plain.is-fail>.box{stroke:var(--bad);fill:var(--badWash)}
.graph .plain.is-fail>.glyph{stroke:var(--bad)}
.graph .plain.is-choice>.box{stroke:var(--path);fill:var(--pathWash)}
.graph .plain.is-choice>.glyph{stroke:var(--path)}
`;

export const FONTS = {
  sans: `ui-sans-serif,system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif`,
  mono: `ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace`,
  serif: `ui-serif,'Iowan Old Style','Palatino Linotype',Palatino,'Source Serif 4',Georgia,serif`,
};
