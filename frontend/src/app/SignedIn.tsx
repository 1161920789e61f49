import { useMutation, useQuery, useQueryClient } from '@tanstack/preact-query';
import { sessionQuery } from '../lib/queries';
import { signOut } from '../lib/runs';

/** Who is signed in, and the way out. Signing in happens by the link in the server's log. */
export function SignedIn() {
  const client = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const leave = useMutation({
    mutationFn: signOut,
    onSettled: () => client.invalidateQueries({ queryKey: ['session'] }),
  });
  if (!session?.role) return null;
  return (
    <p class="quiet">
      {session.name ?? session.role}{' '}
      <button type="button" class="link" onClick={() => leave.mutate()}>
        Sign out
      </button>
    </p>
  );
}
