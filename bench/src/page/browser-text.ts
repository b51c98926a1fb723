/** What of `navigator` says which browser this is. */
export interface BrowserFacts {
  readonly userAgent: string;
  readonly userAgentData?: {
    readonly brands: readonly { readonly brand: string; readonly version: string }[];
    readonly platform: string;
  };
}

/** `Google Chrome 141 on Linux`; browsers tell it in two ways, or not at all. */
export function browserText({ userAgent, userAgentData }: BrowserFacts): string {
  if (userAgentData !== undefined) {
    const { brands, platform } = userAgentData;
    // One of them is made up on purpose, and Chromium is in most.
    const honest = brands.filter(({ brand }) => !/not.?a.?brand/i.test(brand));
    const own = honest.find(({ brand }) => brand !== 'Chromium') ?? honest[0];
    if (own !== undefined) return `${own.brand} ${own.version}${platform === '' ? '' : ` on ${platform}`}`;
  }
  const [, system = ''] = /\((?:[^);]*; )?(Windows|Macintosh|Linux|Android|iPhone|iPad)/.exec(userAgent) ?? [];
  const [, firefox] = /Firefox\/(\d+)/.exec(userAgent) ?? [];
  const [, safari] = /Version\/([\d.]+).* Safari\//.exec(userAgent) ?? [];
  const [, chrome] = /Chrome\/(\d+)/.exec(userAgent) ?? [];
  const name = firefox
    ? `Firefox ${firefox}`
    : safari
      ? `Safari ${safari}`
      : chrome
        ? `Chrome ${chrome}`
        : 'unknown browser';
  return `${name}${system === '' ? '' : ` on ${system === 'Macintosh' ? 'macOS' : system}`}`;
}
