/** What this module uses of Trusted Types, which TypeScript's `dom` library does not have. */
interface TrustedTypes {
  readonly createPolicy: (
    name: string,
    rules: { readonly createScriptURL: (address: string) => string },
  ) => { readonly createScriptURL: (address: string) => unknown };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/**
 * A worker that starts also in pages that require Trusted Types and allow the policy `convscope`. Only addresses of
 * this module's own origin are let through. Import it as `Worker`: bundlers find workers by that name.
 */
export const TrustedWorker = function (address: URL, options: WorkerOptions): Worker {
  return new globalThis.Worker(trusted(address), options);
} as unknown as new (address: URL, options: WorkerOptions) => Worker;

function trusted(address: URL): URL {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  if (trustedTypes === undefined) return address;
  policy ??= trustedTypes.createPolicy('convscope', {
    createScriptURL: (text) => {
      if (new URL(text).origin === new URL(import.meta.url).origin) return text;
      throw new TypeError(`a worker from elsewhere: ${text}`);
    },
  });
  return policy.createScriptURL(address.href) as URL;
}
