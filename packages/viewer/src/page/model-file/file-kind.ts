export type FileKind = 'model' | 'labels' | 'picture';

/** What a file that was dropped on the page is for, by its name. */
export function fileKind(name: string): FileKind {
  if (/\.(onnx|safetensors)$/i.test(name)) return 'model';
  return /\.(txt|labels|names)$/i.test(name) ? 'labels' : 'picture';
}
