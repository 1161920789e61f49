/** Why a button is not there, and how to get it. */
export function SignInHint({ to }: { to: string }) {
  return (
    <p class="quiet">
      To {to}, sign in: open the sign-in link that the server writes to its log when it starts.
    </p>
  );
}
