/**
 * Notes which file lies at a path now, and gives what tells whether it still does. A store that was moved or removed
 * under a server goes on being written, where nobody will look for it: the system asks for the file, not for its name.
 */
export async function whereItLies(path: string): Promise<() => Promise<boolean>> {
  const then = await Deno.stat(path);
  return async () => {
    try {
      const now = await Deno.stat(path);
      return now.ino === then.ino && now.dev === then.dev;
    } catch (fault) {
      // Of a directory that cannot be looked at nobody knows.
      return !(fault instanceof Deno.errors.NotFound);
    }
  };
}
