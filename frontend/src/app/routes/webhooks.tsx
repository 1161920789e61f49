import { useQuery } from '@tanstack/preact-query';
import { Loaded } from '../../components/Loaded';
import { Page } from '../../components/Page';
import { NewWebhook } from '../../features/webhooks/NewWebhook';
import { WebhookCard } from '../../features/webhooks/WebhookCard';
import { CODECS, mayAdminister, webhooksQuery } from '../../features/webhooks/webhooks';
import { sessionQuery } from '../../lib/queries';
import { useUrlState } from '../../lib/url';

/** Addresses that are told of what happens, for administrators. */
export default function WebhooksPage() {
  const [state] = useUrlState(CODECS);
  const session = useQuery(sessionQuery);
  const allowed = mayAdminister(session.data);
  const webhooks = useQuery(webhooksQuery(allowed));
  return (
    <Page title="Webhooks" lead="Who is told when a run ends or a host fails">
      <div class="stack">
        {session.data && !allowed && (
          <p class="card">
            Webhooks are for administrators. Sign in: open the sign-in link that the server writes
            to its log when it starts.
          </p>
        )}
        {allowed && (
          <>
            <NewWebhook />
            <Loaded query={webhooks} height={160}>
              {(all) =>
                all.length === 0 ? (
                  <p class="card">Nobody is told anything yet. Make a webhook above.</p>
                ) : (
                  <>
                    {all.map((webhook) => (
                      <WebhookCard
                        key={webhook.id}
                        webhook={webhook}
                        open={state.show === webhook.id}
                      />
                    ))}
                  </>
                )
              }
            </Loaded>
          </>
        )}
      </div>
    </Page>
  );
}
