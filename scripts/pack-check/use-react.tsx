import '@convscope/viewer/react';
import type { JSX } from 'react';

export function Post(): JSX.Element {
  return (
    <cs-explanation
      key="a"
      className="wide"
      model="digits"
      src="seven.png"
      target={7}
      loading="eager"
      onload={({ detail }) => detail.prediction.map(({ label }) => label)}
      onerror={({ detail }) => detail.code === 'no-webgpu' && detail.canRetry}
    >
      A picture made before
    </cs-explanation>
  );
}

// @ts-expect-error there is no such way to load
export const wrong: JSX.Element = <cs-explanation loading="never" />;
