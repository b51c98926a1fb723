/** The uniforms of flat-indices.wgsl, from the pooled shape [N, C, OH, OW] and the size [H, W] of what was pooled. */
export function flatIndexUniforms(pooled: readonly number[], [height, width]: readonly number[], columnMajor: boolean) {
  const [batch, channels, pooledHeight, pooledWidth] = pooled as [number, number, number, number];
  return {
    planes: batch * channels,
    pooledArea: pooledHeight * pooledWidth,
    height: height as number,
    width: width as number,
    columnMajor: columnMajor ? 1 : 0,
  };
}
