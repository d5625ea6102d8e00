/** Makes a class whose properties are bytes of an array, so that a state is read by name and kept in a few bytes. */
export function byteView<Field extends string>(
  fields: readonly Field[],
): new (
  bytes: Uint8Array,
  start: number,
) => Record<Field, number> {
  class View {
    readonly bytes: Uint8Array;
    readonly start: number;

    constructor(bytes: Uint8Array, start: number) {
      this.bytes = bytes;
      this.start = start;
    }
  }
  for (const [offset, field] of fields.entries()) {
    Object.defineProperty(View.prototype, field, {
      get(this: View) {
        return this.bytes[this.start + offset];
      },
      set(this: View, value: number) {
        this.bytes[this.start + offset] = value;
      },
    });
  }
  return View as unknown as new (
    bytes: Uint8Array,
    start: number,
  ) => Record<Field, number>;
}
