import { useMutation, useQuery, useQueryClient } from '@tanstack/preact-query';
import { useLocation } from 'preact-iso';
import { ConfirmButton } from '../../components/ConfirmButton';
import { ProblemBox } from '../../components/ProblemBox';
import type { Claim } from '../../lib/api';
import { sessionQuery } from '../../lib/queries';
import { maySubmit } from '../../lib/runs';
import { deleteClaim } from './claims';

/** Takes back a claim that somebody has entered; nothing for those that Lanes brings. */
export function DeleteClaim({ claim }: { claim: Claim }) {
  const { data: session } = useQuery(sessionQuery);
  const client = useQueryClient();
  const { route } = useLocation();
  const remove = useMutation({
    mutationFn: deleteClaim,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['claims'] });
      route('/claims');
    },
  });
  if (claim.owner === null || !maySubmit(session)) return null;
  return (
    <>
      <p>
        <ConfirmButton
          label="Delete"
          about={claim.statement}
          pending={remove.isPending}
          onConfirm={() => remove.mutate(claim.id)}
        />
      </p>
      {remove.error && <ProblemBox error={remove.error} />}
    </>
  );
}
