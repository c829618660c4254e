/** What JSON can hold: the shape of everything stored, before it is parsed into what we believe it is. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
