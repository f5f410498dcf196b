import { api } from "#web/api/http";
import { forget } from "#web/app/session";

/** End this session, or every session of the person; the screen forgets even when the server cannot be reached. */
export async function signOut({ everywhere = false } = {}): Promise<void> {
  try {
    await api.post("/api/auth/logout", undefined, { query: { all: everywhere ? 1 : undefined } });
  } finally {
    forget();
  }
}
