/** A number for people, three significant digits: `0.0123`, `−4.56`, `1.2e−7`. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'not a number' : value > 0 ? 'infinity' : '−infinity';
  if (value === 0) return '0';
  const magnitude = Math.abs(value);
  const text = magnitude >= 1e-3 && magnitude < 1e5 ? plain(magnitude) : magnitude.toExponential(1);
  return `${value < 0 ? '−' : ''}${text.replace('e-', 'e−').replace('e+', 'e')}`;
}

/** A share of one in percent: `98.7 %`, `< 0.1 %`. */
export function percentText(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  return `${percent > 99.9 && percent < 100 ? '> 99.9' : percent.toFixed(percent >= 99.95 ? 0 : 1)} %`;
}

function plain(magnitude: number): string {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(magnitude)));
  return magnitude.toFixed(Math.min(digits, 5));
}
