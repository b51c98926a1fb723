/** What an interrupted command has left behind, in words for the user. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
}
