/** What a translation of the texts `English` has to be: the same keys, and functions of the same parameters. */
export type Translation<English> = English extends string
  ? string
  : English extends boolean
    ? boolean
    : English extends (...parameters: infer Parameters) => infer Text
      ? (...parameters: Parameters) => Translation<Text>
      : { [Key in keyof English]: Translation<English[Key]> };
