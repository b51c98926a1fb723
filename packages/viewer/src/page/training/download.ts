/** Has the browser save bytes as a file. */
export function download(bytes: Uint8Array, fileName: string, type: string): void {
  const address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // Some browsers read the bytes a while after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
