import { api } from "#web/api/http";
import { leave } from "#web/app/session";

/** End this session, or every session of the person; the screen forgets even when the server cannot be reached. */
export function signOut({ everywhere = false } = {}): Promise<void> {
  return leave(() => api.post("/api/auth/logout", undefined, { query: { all: everywhere ? 1 : undefined } }));
}
