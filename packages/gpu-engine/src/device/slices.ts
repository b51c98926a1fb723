/**
 * The kernel with a last uniform `firstRow`: the row of workgroups at which a dispatch begins, so that a long dispatch
 * can be sent in several. Its threads see the positions that they would have in the whole. Undefined for kernels that do
 * not count threads or workgroups through all rows of the grid, by its width.
 */
export function sliceSource(source: string, entryPoint: string): string | undefined {
  const head = new RegExp(`(fn ${entryPoint}\\()([^{]*)(\\)\\{)`).exec(source);
  if (head === null) return undefined;
  const [text, start = '', parameters = '', end = ''] = head;
  // Workgroups are one thread high, so that rows of threads are rows of workgroups.
  const position = /(@builtin\((?:global_invocation_id|workgroup_id)\))(\w+)(:vec3u)/;
  const name = position.exec(parameters)?.[2];
  if (name === undefined || !parameters.includes('@builtin(num_workgroups)')) return undefined;
  const own = `own_${name}`;
  return source
    .replace(
      text,
      `${start}${parameters.replace(position, `$1${own}$3`)}${end}
let ${name} = vec3u(${own}.x, ${own}.y + sizes.firstRow, ${own}.z);`,
    )
    .replace(/(\bstruct Sizes\{[^}]*)\}/, '$1,@align(16)firstRow:u32}');
}
