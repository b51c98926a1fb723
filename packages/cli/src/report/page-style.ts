/** The report's style sheet: light and dark, from phones to paper. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --paper: #f5f7f8; --card: #fff; --ink: #171b1f; --pale: #59636e; --line: #dde3e8; --accent: #0b6b5d; --good: #0b6b5d; --bad: #a3361f; --chance: #8a94a0; }
@media (prefers-color-scheme: dark) { :root { --paper: #12161a; --card: #1b2026; --ink: #e7ebef; --pale: #9ca7b3; --line: #2f3740; --accent: #4fc7b1; --good: #4fc7b1; --bad: #f0917b; --chance: #6f7a86; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 74rem; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; letter-spacing: -0.02em; overflow-wrap: anywhere; }
h2 { margin: 3.25rem 0 0.4rem; font-size: 1.35rem; letter-spacing: -0.01em; }
h3 { margin: 0; font-size: 1.05rem; overflow-wrap: anywhere; }
p { margin: 0.3rem 0 0; max-width: 46rem; }
code { font: 0.9em/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
.eyebrow { margin: 0 0 0.4rem; color: var(--accent); font-size: 0.8rem; font-weight: 600; letter-spacing: 0.06em; text-transform: uppercase; }
.lead { margin-top: 0.7rem; font-size: 1.1rem; }
.pale { color: var(--pale); font-size: 0.875rem; overflow-wrap: anywhere; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.1rem; }
.prediction { display: grid; grid-template-columns: minmax(10rem, 17rem) minmax(0, 1fr); gap: 1.5rem; margin-top: 1.5rem; align-items: start; }
figure { margin: 0; }
img { display: block; max-width: 100%; height: auto; border-radius: 4px; }
.pixels { image-rendering: pixelated; }
.wide { width: 100%; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 0.35rem 0.9rem 0.35rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; }
tr:last-child > * { border-bottom: 0; }
thead th { color: var(--pale); font-size: 0.8rem; }
.number { text-align: right; white-space: nowrap; }
.scores th { min-width: 6rem; max-width: 22rem; overflow-wrap: break-word; }
.scores .room { width: 35%; min-width: 5rem; }
.scores .target th { font-weight: 650; }
.scores svg { display: block; width: 100%; height: 0.7rem; margin-top: 0.4rem; }
.track { fill: var(--line); }
.bar { fill: var(--chance); }
.target .bar { fill: var(--accent); }
.scroll { overflow-x: auto; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.3rem 1.25rem; margin: 0; }
dt { color: var(--pale); }
dd { margin: 0; overflow-wrap: anywhere; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1rem; margin-top: 1rem; align-items: start; }
summary { cursor: pointer; color: var(--accent); }
details table { margin-top: 0.5rem; font-size: 0.875rem; }
.layer { margin-top: 1rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(6.4rem, 1fr)); gap: 0.6rem; margin: 0.9rem 0 0.7rem; }
.tiles figcaption { color: var(--pale); font-size: 0.75rem; }
.maps { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 31rem), 1fr)); gap: 1rem; margin-top: 1rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0.75rem; margin: 0.8rem 0 0.7rem; }
.scale { max-width: 22rem; }
.scale img { width: 100%; height: 0.75rem; border-radius: 2px; }
.scale div { display: flex; justify-content: space-between; color: var(--pale); font-size: 0.8rem; font-variant-numeric: tabular-nums; }
.findings { list-style: none; margin: 0.9rem 0 0; padding: 0; }
.findings li { border-top: 1px solid var(--line); padding: 0.55rem 0; font-size: 0.925rem; }
.findings strong { margin-right: 0.4rem; }
.good { color: var(--good); }
.bad { color: var(--bad); }
.neutral { color: var(--pale); }
.chart { width: 100%; max-width: 30rem; height: auto; margin-top: 0.3rem; }
.chart text { fill: var(--pale); font-size: 11px; }
.chart .grid { stroke: var(--line); fill: none; }
.chart polyline { fill: none; stroke-width: 2; }
.chart .own { stroke: var(--accent); }
.chart .chance { stroke: var(--chance); stroke-dasharray: 4 3; stroke-width: 1.5; }
ul.notes { margin: 0.6rem 0 0; padding-left: 1.1rem; }
footer { margin-top: 3.5rem; border-top: 1px solid var(--line); padding-top: 1rem; }
figcaption { margin-top: 0.4rem; }
@media (max-width: 36rem) { .scores .room { display: none; } .prediction { grid-template-columns: 1fr; } h1 { font-size: 1.5rem; } dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 0.5rem; } }
@media print { body { background: #fff; max-width: none; } .card { break-inside: avoid; } }
`;
