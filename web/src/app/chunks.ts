/** A part of the app that could not be fetched: there is no network, or a newer version has replaced it. */
export function isMissingChunk(error: unknown): boolean {
  return (
    error instanceof Error &&
    /dynamically imported module|importing a module script failed|unable to preload css|loading chunk/i.test(
      error.message,
    )
  );
}
